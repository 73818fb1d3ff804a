import type { Store } from '#storage'
import { revokeGrants } from './revoke-grants.js'

/** Ends a grant with all that was given on the ground of it; whoever asks while it is being ended waits for the same end. */
export type EndGrant = (grantId: string) => Promise<void>

export function createEndGrant({ store, realm }: { readonly store: Store; readonly realm: string }): EndGrant {
  const running = new Map<string, Promise<void>>()
  return (grantId) => {
    const ending =
      running.get(grantId) ??
      store
        .transaction((transaction) => revokeGrants(store, transaction, { realm, grantIds: [grantId] }))
        .finally(() => running.delete(grantId))
    running.set(grantId, ending)
    return ending
  }
}
