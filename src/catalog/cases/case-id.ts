import { createHash } from 'node:crypto'
import type { Row } from '#storage'

export type CaseKey = Pick<Row<'sandbox_case'>, 'application_id' | 'api_id' | 'operation_id' | 'file'>

/** The identifier of a case: made of its key, so that a removed case is still found by it. */
export function caseId({ application_id, api_id, operation_id, file }: CaseKey): string {
  const key = JSON.stringify([application_id, api_id, operation_id, file])
  return `case_${createHash('sha256').update(key).digest('base64url').slice(0, 16)}`
}
