import { createHmac } from 'node:crypto'
import type { Clock, Identifiers } from '#base'
import type { HashPerson } from '#gateway'
import { keptSecret, type Store, type Vault } from '#storage'

/**
 * HMAC-SHA256 under a key of its own, sealed in the store: evidence tells persons apart and finds one again, and whoever has the table
 * alone cannot try names on it.
 */
export async function createPersonHash(needs: {
  readonly store: Store
  readonly vault: Vault
  readonly identifiers: Identifiers
  readonly clock: Clock
}): Promise<HashPerson> {
  const { store, vault, identifiers, clock } = needs
  const key = await keptSecret({ store, vault, name: secretName, now: clock(), make: () => identifiers.secret() })
  const bytes = Buffer.from(key, 'base64url')
  return (identity) => createHmac('sha256', bytes).update(identity).digest('base64url')
}

const secretName = 'evidence-person-key'
