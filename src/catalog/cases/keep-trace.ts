import type { Transaction } from 'kysely'
import type { Database, Row } from '#storage'
import { caseId } from './case-id.js'
import { caseLimits } from './case-limits.js'
import { revisionRowOf } from './case-rows.js'
import type { CaseRevision, CaseStoreOptions } from './cases.js'

export interface Trace {
  /** The cases as they are now, or were until they were removed. */
  readonly rows: readonly Row<'sandbox_case'>[]
  readonly action: CaseRevision['action']
  readonly actor: string
  /** What the audit entry names. */
  readonly object: string
  readonly detail: Readonly<Record<string, unknown>>
  /** Whom the feed tells: an API, or a platform. */
  readonly key: string
}

const rowsAtOnce = 100

/** The trace of a change, its audit entry and its news, in the transaction of the change; what is older than is kept goes. */
export async function keepTrace(
  transaction: Transaction<Database>,
  { rows, action, actor, object, detail, key }: Trace,
  { store, identifiers, now }: Pick<CaseStoreOptions, 'store' | 'identifiers' | 'now'>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await transaction
      .insertInto('sandbox_case_revision')
      .values(rows.slice(from, from + rowsAtOnce).map((row) => revisionRowOf(row, action)))
      .execute()
  for (const row of rows) if (row.revision > caseLimits.revisions) await forget(transaction, row)
  const entry = { id: identifiers.id('aud'), at: now(), actor, action: `sandbox.${action}`, object }
  await transaction
    .insertInto('audit')
    .values({ ...entry, detail: JSON.stringify(detail) })
    .execute()
  await store.feed.publish(transaction, { topic: 'sandbox', key })
}

const forget = (transaction: Transaction<Database>, row: Row<'sandbox_case'>) =>
  transaction
    .deleteFrom('sandbox_case_revision')
    .where('case_id', '=', caseId(row))
    .where('revision', '<=', row.revision - caseLimits.revisions)
    .execute()

/** Removed cases that can no longer be brought back leave nothing behind. */
export const forgetRemoved = (transaction: Transaction<Database>, before: number) =>
  transaction
    .deleteFrom('sandbox_case_revision')
    .where('case_id', 'in', (query) =>
      query
        .selectFrom('sandbox_case_revision as gone')
        .select('gone.case_id')
        .where('gone.action', '=', 'remove')
        .where('gone.at', '<', before)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('sandbox_case_revision as later')
                .select('later.revision')
                .whereRef('later.case_id', '=', 'gone.case_id')
                .whereRef('later.revision', '>', 'gone.revision'),
            ),
          ),
        ),
    )
    .execute()
