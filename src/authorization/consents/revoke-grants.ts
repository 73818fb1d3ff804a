import type { Transaction } from 'kysely'
import type { Database, Store } from '#storage'

/** Ends grants with every code and token of theirs, in the caller's transaction; every node's gateway is told. */
export async function revokeGrants(
  { feed }: Pick<Store, 'feed'>,
  transaction: Transaction<Database>,
  { realm, grantIds }: { readonly realm: string; readonly grantIds: readonly string[] },
): Promise<void> {
  // In one order, so that two that end the same grants do not wait for each other.
  for (const grantId of [...new Set(grantIds)].sort()) {
    await transaction.deleteFrom('oidc_artifact').where('realm', '=', realm).where('grant_id', '=', grantId).execute()
    await feed.publish(transaction, { topic: 'token', key: grantId })
  }
}
