import type { Kysely } from 'kysely'

/** Sessions are found by their person, grants by the session that they were given in; the column was never written before. */
export async function ownerOfArtifacts(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('oidc_artifact_user_code').execute()
  await db.schema.alterTable('oidc_artifact').renameColumn('user_code', 'owner').execute()
  await db.schema.createIndex('oidc_artifact_owner').on('oidc_artifact').columns(['owner']).execute()
}
