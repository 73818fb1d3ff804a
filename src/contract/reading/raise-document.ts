import { type Context, isRecord, under } from './keywords.js'

/** An OpenAPI 3.0 document in the terms of 3.1 (JSON Schema 2020-12): `nullable` and boolean `exclusive…` are rewritten, places stay. */
export function raiseDocument(document: unknown): unknown {
  return isRecord(document) && String(document.openapi).startsWith('3.0') ? raise(document, [], 'keywords') : document
}

function raise(node: unknown, path: readonly (string | number)[], context: Context): unknown {
  if (context === 'data') return node
  if (Array.isArray(node)) return node.map((item, index) => raise(item, [...path, index], 'keywords'))
  if (!isRecord(node)) return node
  const entries = Object.entries(node).map(([key, child]) => [
    key,
    raise(child, [...path, key], under(path, context, key, child)),
  ])
  const copy: Readonly<Record<string, unknown>> = Object.fromEntries(entries)
  return context === 'keywords' ? raiseSchema(copy) : copy
}

function raiseSchema(node: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = node
  return {
    ...rest,
    ...(nullable === true ? nulled(rest) : {}),
    ...bound('Minimum', exclusiveMinimum, rest.minimum),
    ...bound('Maximum', exclusiveMaximum, rest.maximum),
  }
}

function nulled(schema: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof schema.type === 'string' ? { type: [schema.type, 'null'] } : {}),
    ...(Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {}),
  }
}

function bound(name: 'Minimum' | 'Maximum', exclusive: unknown, limit: unknown) {
  if (exclusive === undefined || exclusive === false) return {}
  return { [`exclusive${name}`]: exclusive === true ? limit : exclusive }
}
