/** A case as its file says it; `folder` names the operation. */
export interface CaseFile {
  /** Path under the folder that was given. */
  readonly file: string
  readonly folder: string
  readonly title: string
  readonly params: Readonly<Record<string, unknown>>
  readonly status: number
  /** JSON text; null: no body. */
  readonly payload: string | null
}
