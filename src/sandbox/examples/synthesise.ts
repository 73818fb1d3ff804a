import type { Json, JsonObject } from '#contract'
import { isObject } from '../simulation/field.js'

const depthMost = 8

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T08:00:00Z',
  time: '08:00:00Z',
  email: 'prenom.nom@exemple.fr',
  uri: 'https://exemple.fr/',
  url: 'https://exemple.fr/',
  uuid: '5f0c6b1e-2f67-4d0c-9a43-0d6f6a3e8b11',
  hostname: 'exemple.fr',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
}

/** A value of the schema's shape, always the same: its constant, example, default or first allowed value, else a plain one. */
export function synthesise(schema: Json | undefined, depth = 0): Json {
  if (!isObject(schema) || depth > depthMost) return null
  const said = schema.const ?? schema.example ?? firstOf(schema.examples) ?? schema.default ?? firstOf(schema.enum)
  if (said !== undefined) return said
  const branch = firstOf(schema.oneOf) ?? firstOf(schema.anyOf)
  if (branch !== undefined) return synthesise(merged(schema, [branch]), depth + 1)
  if (Array.isArray(schema.allOf)) return synthesise(merged(schema, schema.allOf), depth + 1)
  return plain(schema, depth)
}

const firstOf = (value: Json | undefined): Json | undefined => (Array.isArray(value) ? value[0] : undefined)

function merged(schema: JsonObject, parts: readonly Json[]): JsonObject {
  const { allOf: _all, oneOf: _one, anyOf: _any, ...own } = schema
  let whole: JsonObject = own
  for (const part of parts.filter(isObject)) {
    const properties = { ...objectOf(whole.properties), ...objectOf(part.properties) }
    whole = { ...part, ...whole, ...(Object.keys(properties).length > 0 ? { properties } : {}) }
  }
  return whole
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

function plain(schema: JsonObject, depth: number): Json {
  const types = Array.isArray(schema.type) ? schema.type.filter((type) => type !== 'null') : [schema.type]
  const type = types[0] ?? (schema.properties === undefined ? undefined : 'object')
  switch (type) {
    case 'object':
      return objectLike(schema, depth)
    case 'array':
      return [synthesise(schema.items, depth + 1)]
    case 'string':
      return textLike(schema)
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1
    case 'boolean':
      return true
    default:
      return null
  }
}

function objectLike(schema: JsonObject, depth: number): Json {
  const entries = Object.entries(objectOf(schema.properties)).filter(([, own]) => objectOf(own).writeOnly !== true)
  return Object.fromEntries(entries.map(([name, own]) => [name, synthesise(own, depth + 1)]))
}

function textLike(schema: JsonObject): string {
  const known = typeof schema.format === 'string' ? formats[schema.format] : undefined
  const least = typeof schema.minLength === 'number' ? Math.min(schema.minLength, 1000) : 0
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : 1000
  return known ?? 'texte'.padEnd(least, 'x').slice(0, most)
}
