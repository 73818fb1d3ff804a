import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { AuthorizationOptions } from '#authorization'

type MakeKey = NonNullable<AuthorizationOptions['makeKey']>

/** As the realms make them, but RSA of the least size that signs: 3,072 bits are a quarter of a second of processor time each. */
export const makeExampleKey: MakeKey = async (algorithm) => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 })
  const kid = `k${await calculateJwkThumbprint(await exportJWK(publicKey))}`
  return { ...(await exportJWK(privateKey)), kid, alg: algorithm, use: 'sig' }
}
