import type { JsonObject } from '#contract'

/** A case as its file says it; `folder` names the operation. */
export interface CaseFile {
  /** Path under the folder that was given. */
  readonly file: string
  readonly folder: string
  readonly title: string
  readonly description: string
  readonly params: JsonObject
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  /** JSON text; null: no body. */
  readonly payload: string | null
}
