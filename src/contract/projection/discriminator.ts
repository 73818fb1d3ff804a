import { isRecord } from '../reading/keywords.js'
import { flatten, type Part, resolved, type Schema } from './schema-parts.js'

/** The values of the discriminator that mean an alternative: of `mapping`, else of its `const` or `enum`, else the name of its component (OpenAPI 3.1, "Discriminator Object"). */
export function namesOfAlternative(root: unknown, { discriminator }: Schema, target: Part): readonly unknown[] {
  if (!isRecord(discriminator)) return []
  const mapping = Object.entries(isRecord(discriminator.mapping) ? discriminator.mapping : {})
  const mapped = mapping.filter(([, name]) => typeof name === 'string' && schemaNamed(root, name) === target.schema)
  if (mapped.length > 0) return mapped.map(([value]) => value)
  const property = String(discriminator.propertyName)
  const constants = flatten(root, target).flatMap(({ schema }) => constantsOf(root, schema, property))
  return constants.length > 0 ? constants : componentNames(root, target)
}

function schemaNamed(root: unknown, name: string): unknown {
  const $ref = name.startsWith('#/') ? name : `#/components/schemas/${name}`
  return resolved(root, { schema: { $ref }, at: [] }).schema
}

function constantsOf(root: unknown, schema: Schema, property: string): readonly unknown[] {
  const declared = isRecord(schema.properties) ? schema.properties[property] : undefined
  if (declared === undefined) return []
  return flatten(root, { schema: declared, at: [] }).flatMap((part) => {
    if (part.schema.const !== undefined) return [part.schema.const]
    return Array.isArray(part.schema.enum) ? part.schema.enum : []
  })
}

function componentNames(root: unknown, target: Part): readonly string[] {
  const components = isRecord(root) && isRecord(root.components) ? root.components.schemas : undefined
  if (!isRecord(components)) return []
  return Object.keys(components).filter((name) => schemaNamed(root, name) === target.schema)
}
