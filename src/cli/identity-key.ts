import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { keptSecret, type Store, type Vault } from '#storage'

/** The key that signs `Portique-Identity`: P-256, made once, sealed in the store, the same on every node. */
export async function identityKey(needs: {
  readonly store: Store
  readonly vault: Vault
  readonly now: number
}): Promise<KeyObject> {
  const pem = await keptSecret({ ...needs, name: 'gateway-identity', make: makePem })
  return createPrivateKey(pem)
}

function makePem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}
