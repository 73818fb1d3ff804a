import type { ApiVersion } from '../api.js'
import type { JsonObject } from '../json.js'
import { isRecord } from '../reading/keywords.js'

/** An error as an example of the contract shows it. */
export interface DocumentedError {
  readonly title: string
  readonly detail: string
  readonly source: JsonObject | undefined
  readonly meta: JsonObject | undefined
}

const known = new WeakMap<ApiVersion, ReadonlyMap<string, DocumentedError>>()

/** Errors in the shape of JSON:API among the examples of a contract, by status and code: `404 35003`. Read once a version. */
export function documentedErrors(api: ApiVersion): ReadonlyMap<string, DocumentedError> {
  const ready = known.get(api)
  if (ready !== undefined) return ready
  const found = new Map<string, DocumentedError>()
  for (const { definition } of api.operations)
    for (const [status, { content = {} }] of Object.entries(definition.responses ?? {}))
      for (const { examples = {} } of Object.values(content))
        for (const { value } of Object.values(examples)) keep(found, status, value)
  known.set(api, found)
  return found
}

function keep(found: Map<string, DocumentedError>, status: string, value: unknown): void {
  const errors: unknown = isRecord(value) ? value.errors : undefined
  const error: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (!isRecord(error) || typeof error.title !== 'string' || typeof error.detail !== 'string') return
  const { title, detail, source, meta } = error
  const key = `${status} ${String(error.code)}`
  if (!found.has(key)) found.set(key, { title, detail, source: objectOf(source), meta: objectOf(meta) })
}

const objectOf = (value: unknown): JsonObject | undefined => (isRecord(value) ? (value as JsonObject) : undefined)
