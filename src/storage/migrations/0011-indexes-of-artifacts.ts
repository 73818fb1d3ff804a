import type { Kysely } from 'kysely'

/** Most artifacts are access tokens of applications, which have none of these three: an index of nothing made each of them dearer to write. */
export async function indexesOfArtifacts(db: Kysely<unknown>): Promise<void> {
  for (const column of ['grant_id', 'uid', 'owner']) {
    const name = `oidc_artifact_${column}`
    await db.schema.dropIndex(name).execute()
    await db.schema.createIndex(name).on('oidc_artifact').columns([column]).where(column, 'is not', null).execute()
  }
}
