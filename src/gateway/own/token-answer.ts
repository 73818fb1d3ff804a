import { createHash } from 'node:crypto'
import type { Json, JsonObject, UpstreamResponse, Verified } from '#contract'
import { jsonAnswer } from './documents.js'

/** What was proven of the token. A token without a name of its own gets a mark: its identifier could open. */
export function tokenAnswer(template: JsonObject, verified: Verified): UpstreamResponse {
  const values: Readonly<Record<string, Json>> = {
    $id: verified.tokenName ?? createHash('sha256').update(verified.tokenId).digest('hex').slice(0, 32),
    $scopes: [...verified.scopes],
  }
  return jsonAnswer(200, filled(template, values))
}

function filled(template: Json, values: Readonly<Record<string, Json>>): Json {
  if (typeof template === 'string') return Object.hasOwn(values, template) ? (values[template] ?? null) : template
  if (Array.isArray(template)) return template.map((entry: Json) => filled(entry, values))
  if (template === null || typeof template !== 'object') return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value as Json, values)]))
}
