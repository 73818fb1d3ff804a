import { hash, timingSafeEqual } from 'node:crypto'
import type { ApplicationRecord, LiveCredential } from '#access'

const decoy: Pick<LiveCredential, 'hash'> = { hash: hash('sha256', 'decoy', 'base64url') }

/**
 * The live secret that was given, if any. Every live secret is compared, each in constant time, and an unknown
 * client costs a comparison too, so that time tells nothing (two secrets live during a rotation).
 */
export function matchSecret(record: ApplicationRecord | undefined, given: string, now: number) {
  const digest = hash('sha256', given, 'buffer')
  let match: LiveCredential | undefined
  const secrets = record?.credentials.filter((each) => each.kind === 'secret' && isLive(each, now)) ?? []
  if (secrets.length === 0) equals(digest, decoy)
  for (const secret of secrets) if (equals(digest, secret)) match = secret
  return match
}

export const isLive = ({ expiresAt }: LiveCredential, now: number) => expiresAt === null || now < expiresAt

const equals = (digest: Buffer, credential: Pick<LiveCredential, 'hash'>) =>
  timingSafeEqual(digest, bytesOf(credential))

/** What a secret hashes to, decoded once as long as its application is unchanged. */
function bytesOf(credential: Pick<LiveCredential, 'hash'>): Buffer {
  let bytes = decoded.get(credential)
  if (bytes === undefined) {
    bytes = Buffer.from(credential.hash, 'base64url')
    decoded.set(credential, bytes)
  }
  return bytes
}

const decoded = new WeakMap<Pick<LiveCredential, 'hash'>, Buffer>()
