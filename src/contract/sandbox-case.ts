import type { Json, JsonObject } from './json.js'
import type { MovingMonth } from './moving-month.js'

/** What the sandbox answers to certain parameters: a file of `sandbox/`, checked against the contract. */
export interface SandboxCase {
  readonly title: string
  /** Absent: the title is in French only, or in no language. */
  readonly titleEn?: string
  readonly description?: string
  /** `Operation.id` */
  readonly operation: string
  readonly params: JsonObject
  /** Those of `params` that a call may leave out, where cases are looked for exactly; absent: none. */
  readonly optional?: readonly string[]
  readonly status: number
  /** The body as a value (JSON text in the file is parsed already); undefined: none. */
  readonly payload: Json | undefined
  readonly headers: Readonly<Record<string, string>>
  /** Months of parameters and payload that move with the calendar, places beginning with `params.` or `payload.`; absent: none. */
  readonly months?: readonly MovingMonth[]
  /** The file it stands in, under the API version's folder. */
  readonly file: string
}
