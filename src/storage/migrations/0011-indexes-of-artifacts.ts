import type { Kysely } from 'kysely'

/**
 * Most artifacts are access tokens of applications, which have none of these three: an index of nothing made each of them dearer to write. The old ones go
 * last: on PostgreSQL nobody may even read the table from then until the end of the transaction, and building takes as long as the table is large.
 */
export async function indexesOfArtifacts(db: Kysely<unknown>): Promise<void> {
  const columns = ['grant_id', 'uid', 'owner']
  for (const column of columns)
    await db.schema
      .createIndex(`oidc_artifact_given_${column}`)
      .on('oidc_artifact')
      .columns([column])
      .where(column, 'is not', null)
      .execute()
  for (const column of columns) await db.schema.dropIndex(`oidc_artifact_${column}`).execute()
}
