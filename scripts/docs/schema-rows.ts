/** The keywords of JSON Schema that our shapes write. */
export interface Schema {
  readonly description?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly minimum?: number
  readonly maximum?: number
}

/** One row a key, with its place, what it may hold and what it means. */
export function schemaRows(schema: Schema, place = ''): readonly (readonly string[])[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const at = place === '' ? name : `${place}.${name}`
    const isRequired = schema.required?.includes(name) === true && inner.default === undefined
    return [
      [`\`${at}\``, `${allowedIn(inner)}${isRequired ? ', required' : ''}`, inner.description ?? ''],
      ...innerRows(inner, at),
    ]
  })
  return [...own, ...innerRows({ ...schema, properties: {} }, place)]
}

/** Text in two languages is one idea: its two keys would only make the table longer. */
function innerRows(schema: Schema, place: string): readonly (readonly string[])[] {
  if (isText(schema)) return []
  const own = Object.keys(schema.properties ?? {}).length > 0 ? schemaRows(schema, place) : []
  const named =
    typeof schema.additionalProperties === 'object' ? innerRows(schema.additionalProperties, `${place}.<name>`) : []
  const entries = schema.items === undefined ? [] : innerRows(schema.items, `${place}[]`)
  return [...own, ...named, ...entries, ...(schema.anyOf ?? []).flatMap((branch) => innerRows(branch, place))]
}

function allowedIn(schema: Schema): string {
  const { default: usual } = schema
  const shown = usual === undefined || isEmpty(usual) ? '' : `; default \`${JSON.stringify(usual)}\``
  return `${kindOf(schema)}${boundsOf(schema)}${shown}`
}

function kindOf(schema: Schema): string {
  const { type, anyOf, items, additionalProperties } = schema
  if (isText(schema)) return 'text in two languages'
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ')
  if (anyOf !== undefined) return [...new Set(anyOf.map(kindOf))].join(' or ')
  if (type === 'array') return items === undefined ? 'list' : `list of: ${kindOf(items)}`
  if (type === 'object') return typeof additionalProperties === 'object' ? 'map by name' : 'map'
  return type === 'string' ? 'text' : (type ?? 'any JSON')
}

/** Only bounds that somebody chose: the largest safe integer is none. */
function boundsOf({ minimum, maximum }: Schema): string {
  const high = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  const low = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}`
  if (low !== undefined) return `, at least ${low}`
  return high === undefined ? '' : `, at most ${high}`
}

const isText = ({ anyOf }: Schema): boolean =>
  anyOf?.some(({ properties }) => properties?.fr !== undefined && properties.en !== undefined) === true

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)
