import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Clock } from '#base'
import { keptSecret, type Store, type Vault } from '#storage'

export interface RealmKeys {
  readonly keys: readonly JWK[]
}

/** The realm's signing keys: made at its first start, sealed in the store, the same from then on and on every node. */
export async function realmKeys(
  { store, vault, clock }: { store: Store; vault: Vault; clock: Clock },
  realm: string,
): Promise<RealmKeys> {
  const make = async () => JSON.stringify({ keys: [await makeKey()] })
  return JSON.parse(await keptSecret({ store, vault, name: `realm-keys:${realm}`, now: clock(), make })) as RealmKeys
}

/** P-256 (ASVS 5.0 V11.2, RGS B1): quick to make, so that a fresh folder starts at once. */
async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }
}
