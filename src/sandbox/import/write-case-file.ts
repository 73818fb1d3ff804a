import { stringify } from 'yaml'
import type { JsonObject } from '#contract'

export interface CaseToWrite {
  readonly title: string
  readonly description: string
  readonly params: JsonObject
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  /** JSON text; null: no body. */
  readonly payload: string | null
  /** Written where the file's folder does not say it. */
  readonly operation?: string
}

/** A case as the file that `readCaseFile` takes again. */
export function writeCaseFile({
  title,
  description,
  operation,
  params,
  headers,
  status,
  payload,
}: CaseToWrite): string {
  const parts = {
    ...(title === '' ? {} : { title }),
    ...(description === '' ? {} : { description }),
    ...(operation === undefined ? {} : { operation }),
    params,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    status,
    ...(payload === null ? {} : { payload }),
  }
  return stringify(parts, { lineWidth: 0, blockQuote: 'literal' })
}
