import type { JsonObject } from '../json.js'
import { isRecord } from '../reading/keywords.js'

/** What a schema asks of a value, in the contract's own keywords and in no language; null: nothing. Never the value that was sent. */
export function expectationOf(schema: JsonObject | undefined): string | null {
  if (schema === undefined) return null
  const told = [typeOf(schema), ...valuesOf(schema), ...keywords.flatMap((keyword) => boundOf(schema, keyword))]
  const text = told.filter((part) => part !== null).join(', ')
  return text === '' ? null : text
}

const keywords = [
  ...['format', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'],
]

/** A longer list of values is read in the contract. */
const listedMost = 12

const typeOf = ({ type }: JsonObject): string | null =>
  Array.isArray(type) ? type.join('/') : typeof type === 'string' ? type : null

function valuesOf({ enum: values, const: only, items }: JsonObject): readonly string[] {
  if (only !== undefined) return [`const ${JSON.stringify(only)}`]
  if (Array.isArray(values) && values.length <= listedMost) return [`enum ${values.map(String).join(' | ')}`]
  const inner = isRecord(items) ? expectationOf(items as JsonObject) : null
  return inner === null ? [] : [`items (${inner})`]
}

const boundOf = (schema: JsonObject, keyword: string): readonly string[] =>
  schema[keyword] === undefined ? [] : [`${keyword} ${String(schema[keyword])}`]
