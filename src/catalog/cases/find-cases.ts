import type { Row, Store } from '#storage'
import { catalogProblem } from '../problems.js'
import { caseRevisionOf, keptCaseOf, keyOf } from './case-rows.js'
import type { CaseFilter, CaseRevision, KeptCase } from './cases.js'

export async function listCases(
  { db }: Store,
  { platform, api, application }: CaseFilter,
): Promise<readonly KeptCase[]> {
  let query = db.selectFrom('sandbox_case').selectAll().orderBy('api_id').orderBy('operation_id').orderBy('file')
  if (platform !== undefined) query = query.where('api_id', '>=', `${platform}/`).where('api_id', '<', `${platform}0`)
  if (api !== undefined) query = query.where('api_id', '=', api)
  if (application !== undefined) query = query.where('application_id', '=', application ?? '')
  return (await query.execute()).map(keptCaseOf)
}

export async function showCase({ db }: Store, id: string): Promise<KeptCase> {
  return keptCaseOf(await keptRow(db, id))
}

/** A case that is there, by its identifier. Throws `catalog/unknown-case`. */
export async function keptRow(db: Pick<Store['db'], 'selectFrom'>, id: string): Promise<Row<'sandbox_case'>> {
  const last = await db
    .selectFrom('sandbox_case_revision')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('revision', 'desc')
    .executeTakeFirst()
  const row =
    last === undefined
      ? undefined
      : await db
          .selectFrom('sandbox_case')
          .selectAll()
          .where(({ and }) => and(keyOf(last)))
          .executeTakeFirst()
  if (row === undefined) throw catalogProblem('catalog/unknown-case', { id })
  return row
}

export async function caseHistory({ db }: Store, id: string): Promise<readonly CaseRevision[]> {
  const rows = await db
    .selectFrom('sandbox_case_revision')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('revision')
    .execute()
  if (rows.length === 0) throw catalogProblem('catalog/unknown-case', { id })
  return rows.map(caseRevisionOf)
}
