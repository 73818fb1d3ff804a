import type { ApiVersion } from '../api.js'
import type { JsonObject } from '../json.js'
import { isRecord } from '../reading/keywords.js'

/** An error in the shape of JSON:API, as an example of the contract shows it. */
export interface CodedError {
  readonly title: string
  readonly detail: string
  readonly source: JsonObject | undefined
  readonly meta: JsonObject | undefined
}

/** `{ error, reason, message }`, as an example of the contract shows it. */
export interface NamedError {
  readonly reason: string
  readonly message: string
}

/** The first of a kind where a contract shows several. */
export interface DocumentedErrors {
  /** By status and code: `404 35003`. */
  readonly coded: ReadonlyMap<string, CodedError>
  /** By status and name: `404 not_found`. */
  readonly named: ReadonlyMap<string, NamedError>
}

const known = new WeakMap<ApiVersion, DocumentedErrors>()

/** Errors among the examples of a contract. Read once a version. */
export function documentedErrors(api: ApiVersion): DocumentedErrors {
  const ready = known.get(api)
  if (ready !== undefined) return ready
  const found = { coded: new Map<string, CodedError>(), named: new Map<string, NamedError>() }
  for (const { definition } of api.operations)
    for (const [status, { content = {} }] of Object.entries(definition.responses ?? {}))
      for (const { examples = {} } of Object.values(content))
        for (const { value } of Object.values(examples)) {
          keepCoded(found.coded, status, value)
          keepNamed(found.named, status, value)
        }
  known.set(api, found)
  return found
}

function keepCoded(found: Map<string, CodedError>, status: string, value: unknown): void {
  const errors: unknown = isRecord(value) ? value.errors : undefined
  const error: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (!isRecord(error) || typeof error.title !== 'string' || typeof error.detail !== 'string') return
  const { title, detail, source, meta } = error
  const key = `${status} ${String(error.code)}`
  if (!found.has(key)) found.set(key, { title, detail, source: objectOf(source), meta: objectOf(meta) })
}

function keepNamed(found: Map<string, NamedError>, status: string, value: unknown): void {
  if (!isRecord(value) || typeof value.reason !== 'string' || typeof value.message !== 'string') return
  const { reason, message } = value
  const key = `${status} ${String(value.error)}`
  if (!found.has(key)) found.set(key, { reason, message })
}

const objectOf = (value: unknown): JsonObject | undefined => (isRecord(value) ? (value as JsonObject) : undefined)
