import { z } from 'zod'
import { simulationShape } from './simulation-shape.js'

interface Schema {
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
  readonly oneOf?: readonly Schema[]
}

/** Every key of `simulation.yaml` with its place and meaning, from the shape that checks it. */
export function simulationKeys(): readonly {
  readonly place: string
  readonly schema: Schema
  readonly required: boolean
}[] {
  // zod's own type of a JSON Schema is wider; these are the keywords that it writes for this shape.
  return keysOf(
    z.toJSONSchema(simulationShape, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema,
    '',
  )
}

/** The reference page of `simulation.yaml`, in Markdown. */
export function simulationReference(): string {
  const rows = simulationKeys().map(
    ({ place, schema, required }) =>
      `| \`${place}\` | ${kindOf(schema)}${required ? ', required' : ''} | ${cell(schema.description ?? '')} |`,
  )
  return `${introduction}\n| key | value | meaning |\n|---|---|---|\n${[...new Set(rows)].join('\n')}\n`
}

const introduction = `# \`simulation.yaml\`

This page is made from the shape that checks the file.

A \`simulation.yaml\` beside an API's \`openapi.yaml\` says how the sandbox answers its operations from data. It is a closed vocabulary, not a language:
an unknown key is refused with its line. An operation that it does not name answers with the contract's examples; a case of \`sandbox/*.yaml\` that
agrees with a call comes before it, and a \`Prefer: code=404\` or \`Prefer: example=name\` header comes before both.

A search goes like this: parameters are read in their declared order, the first mistake refuses the call with the declared text; each filter keeps
rows, filters of one \`group\` by OR, all else by AND; the rows are sorted, the asked part is cut out, and \`whole\`, \`part\` or \`none\` answers.
Data are read at the API's first call, or soon after the start, in short slices. \`<name>\` stands for a name of your own.

\`persona\` and \`people\` answer from the platform's test people (\`personas/*.yaml\`): the first with what one person's \`data\` say, the second by
finding a person and giving a token that stands for them with the other APIs of the platform, for the same application.

Fields are dotted paths (\`lieuTravail.commune\`); a list on the way means each of its entries, a number one of them.
`

function keysOf(schema: Schema, place: string): ReturnType<typeof simulationKeys> {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const at = place === '' ? name : `${place}.${name}`
    return [{ place: at, schema: inner, required: isRequired(schema, name, inner) }, ...keysOf(inner, at)]
  })
  const named =
    typeof schema.additionalProperties === 'object' ? keysOf(schema.additionalProperties, `${place}.<name>`) : []
  const entries = schema.items === undefined ? [] : keysOf(schema.items, `${place}[]`)
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((branch) => keysOf(branch, place))
  return [...own, ...named, ...entries, ...branches]
}

const isRequired = (schema: Schema, name: string, inner: Schema) =>
  schema.required?.includes(name) === true && inner.default === undefined

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  const said =
    schema.enum === undefined ? plainKind(schema) : schema.enum.map((value) => `\`${String(value)}\``).join(', ')
  const usual =
    schema.default === undefined || typeof schema.default === 'object' ? '' : `; default \`${String(schema.default)}\``
  return `${said}${usual}`
}

function plainKind({ type, items, additionalProperties }: Schema): string {
  if (type === 'array') return `list${items?.type === undefined ? '' : ` of ${items.type}s`}`
  if (type === 'object') return typeof additionalProperties === 'object' ? 'map by name' : 'map'
  return type === 'string' ? 'text' : (type ?? 'any JSON')
}

const cell = (text: string) => text.replaceAll('|', '\\|')
