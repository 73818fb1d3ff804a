import type { SandboxCase } from '#contract'
import type { NewRow, Row } from '#storage'
import { type CaseKey, caseId } from './case-id.js'
import type { CaseRevision, KeptCase } from './cases.js'

/** What of a case is its content, whatever its place. */
export type CaseContent = Pick<
  Row<'sandbox_case'>,
  'title' | 'description' | 'params' | 'headers' | 'status' | 'payload'
>

export const contentOf = (row: CaseContent): CaseContent => ({
  title: row.title,
  description: row.description,
  params: row.params,
  headers: row.headers,
  status: row.status,
  payload: row.payload,
})

export const keyOf = (row: CaseKey): CaseKey => ({
  application_id: row.application_id,
  api_id: row.api_id,
  operation_id: row.operation_id,
  file: row.file,
})

export const sameContent = (one: CaseContent, other: CaseContent): boolean =>
  JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other))

export function keptCaseOf(row: Row<'sandbox_case'>): KeptCase {
  return {
    id: caseId(row),
    api: row.api_id,
    operation: row.operation_id,
    application: row.application_id === '' ? null : row.application_id,
    file: row.file,
    title: row.title,
    description: row.description,
    params: JSON.parse(row.params),
    headers: JSON.parse(row.headers),
    status: row.status,
    payload: row.payload,
    revision: row.revision,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

export const caseRevisionOf = ({ action, at, actor, ...row }: Row<'sandbox_case_revision'>): CaseRevision => ({
  ...keptCaseOf({ ...row, updated_at: at, updated_by: actor }),
  action: actionOf(action),
})

/** The trace of a change. */
export const revisionRowOf = (
  row: Row<'sandbox_case'>,
  action: CaseRevision['action'],
): NewRow<'sandbox_case_revision'> => ({
  ...{ case_id: caseId(row), revision: row.revision, at: row.updated_at, actor: row.updated_by, action },
  ...keyOf(row),
  ...contentOf(row),
})

/** As the sandbox answers with it. */
export const sandboxCaseOf = (row: Row<'sandbox_case'>): SandboxCase => ({
  title: row.title,
  description: row.description,
  operation: row.operation_id,
  params: JSON.parse(row.params),
  status: row.status,
  payload: row.payload === null ? undefined : JSON.parse(row.payload),
  headers: JSON.parse(row.headers),
  file: row.file,
})

const actions = ['add', 'edit', 'import', 'restore', 'remove'] as const
const actionOf = (text: string): CaseRevision['action'] => actions.find((action) => action === text) ?? 'edit'
