import { isRecord } from '../reading/keywords.js'

/** The schema of what stands at a pointer of a body; `-` is any item of a list. Null: the contract has nothing there. */
export function schemaAtPointer(schema: unknown, steps: readonly string[]): unknown | null {
  let current: unknown = schema
  for (const step of steps) {
    const next = stepInto(current, step)
    if (next === null) return null
    current = next
  }
  return current === false ? null : current
}

/** Names of the properties that stand there. */
export function namesAt(schema: unknown, steps: readonly string[]): readonly string[] {
  const at = schemaAtPointer(schema, steps)
  return at === null ? [] : [...new Set(branches(at).flatMap((one) => Object.keys(propertiesOf(one))))]
}

/**
 * Required properties of whatever the targets write, that none of them writes: a target that ends at a value writes all below it, one that
 * goes deeper opens an object, whose own required properties are then asked for.
 */
export function requiredAt(
  schema: unknown,
  targets: readonly (readonly string[])[],
  above: readonly string[] = [],
): readonly (readonly string[])[] {
  if (targets.some((steps) => steps.length === 0)) return []
  const opened = new Set(targets.map(([first = '']) => first))
  const required = requiredOf(schema).filter((name) => !opened.has(name))
  const below = [...opened].flatMap((name) => {
    const inner = stepInto(schema, name)
    const own = targets.filter(([first]) => first === name).map((steps) => steps.slice(1))
    return inner === null ? [] : requiredAt(inner, own, [...above, name])
  })
  return [...required.map((name) => [...above, name]), ...below]
}

function stepInto(schema: unknown, step: string): unknown | null {
  for (const branch of branches(schema)) {
    const properties = propertiesOf(branch)
    if (Object.hasOwn(properties, step)) return properties[step]
    if (/^(-|\d+)$/.test(step) && branch.items !== undefined) return branch.items
    // What contains itself keeps its reference: the check of the answer follows it.
    if (typeof branch.$ref === 'string') return {}
    if (branch.additionalProperties === true || isRecord(branch.additionalProperties))
      return branch.additionalProperties
  }
  return null
}

/** A schema with all that `allOf`, `oneOf` and `anyOf` bring. */
function branches(schema: unknown, depth = 0): readonly Readonly<Record<string, unknown>>[] {
  if (!isRecord(schema) || depth > 20) return []
  const inner = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => {
    const listed: unknown = schema[keyword]
    return Array.isArray(listed) ? listed.flatMap((one: unknown) => branches(one, depth + 1)) : []
  })
  return [schema, ...inner]
}

/** Of the schema itself and its `allOf`: an alternative's own are asked for by the check of the answer. */
function requiredOf(schema: unknown): readonly string[] {
  if (!isRecord(schema)) return []
  const own = Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : []
  const all: readonly unknown[] = Array.isArray(schema.allOf) ? schema.allOf : []
  return [...own, ...all.flatMap(requiredOf)]
}

const propertiesOf = (schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  isRecord(schema.properties) ? schema.properties : {}
