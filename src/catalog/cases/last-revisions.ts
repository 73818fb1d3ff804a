import type { Transaction } from 'kysely'
import type { Database } from '#storage'

const idsAtOnce = 500

/** The last revision of each case that ever was, removed ones too. */
export async function lastRevisions(
  transaction: Transaction<Database>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const rows = await transaction
      .selectFrom('sandbox_case_revision')
      .select(({ fn }) => ['case_id', fn.max('revision').as('revision')])
      .where('case_id', 'in', ids.slice(from, from + idsAtOnce))
      .groupBy('case_id')
      .execute()
    for (const { case_id, revision } of rows) found.set(case_id, Number(revision))
  }
  return found
}
