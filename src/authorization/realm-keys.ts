import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Clock } from '#base'
import type { Store, Vault } from '#storage'

export interface RealmKeys {
  readonly keys: readonly JWK[]
}

/** The realm's signing keys: made at its first start, sealed in the store, the same from then on and on every node. */
export async function realmKeys(
  { store, vault, clock }: { store: Store; vault: Vault; clock: Clock },
  realm: string,
): Promise<RealmKeys> {
  const name = `realm-keys:${realm}`
  const kept = await readKeys(store, vault, name)
  if (kept !== undefined) return kept
  const made = vault.seal(JSON.stringify({ keys: [await makeKey()] }), name)
  // Two nodes may start at once: the first to write wins, and both read what is kept.
  await store.db
    .insertInto('secret')
    .values({ name, version: 1, value_sealed: made, created_at: clock(), retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const own = await readKeys(store, vault, name)
  if (own === undefined) throw new TypeError('the keys that were written cannot be read')
  return own
}

async function readKeys({ db }: Store, vault: Vault, name: string): Promise<RealmKeys | undefined> {
  const row = await db
    .selectFrom('secret')
    .select('value_sealed')
    .where('name', '=', name)
    .where('retired_at', 'is', null)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : (JSON.parse(vault.open(row.value_sealed, name)) as RealmKeys)
}

/** P-256 (ASVS 5.0 V11.2, RGS B1): quick to make, so that a fresh folder starts at once. */
async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }
}
