import { randomBytes, randomFillSync, randomUUID } from 'node:crypto'

/** Makes identifiers; handed in, so that a test can foresee them. */
export interface Identifiers {
  /** `<prefix>_<22 characters>`: 128 random bits (ASVS 5.0 V7.2.3); the prefix keeps clients and people apart (RFC 9700 section 4.15). */
  id(prefix: string): string
  /**
   * `<prefix>_<32 hexadecimal characters>`: the millisecond, then 80 random bits, in the order of UUID version 7 (RFC 9562 section 5.7), so that rows
   * written one after the other lie side by side in an index. It tells when it was made and is drawn in blocks: for names, never for secrets.
   */
  ordered(prefix: string, at: number): string
  /** 256 random bits in 43 base64url characters: client secrets, API keys (ASVS 5.0 V11.5). */
  secret(): string
  /** A UUID of 122 random bits (RFC 9562 section 5.4), where somebody else's format asks for one. */
  uuid(): string
}

const tailBytes = 10
const tails = Buffer.alloc(tailBytes * 256)
let tailAt = tails.length

/** 80 random bits, cut from a block drawn at once: the system's generator costs the same for ten bytes as for thousands. */
function randomTail(): string {
  if (tailAt >= tails.length) {
    randomFillSync(tails)
    tailAt = 0
  }
  tailAt += tailBytes
  return tails.toString('hex', tailAt - tailBytes, tailAt)
}

export const randomIdentifiers: Identifiers = {
  id: (prefix) => `${prefix}_${randomBytes(16).toString('base64url')}`,
  ordered: (prefix, at) => `${prefix}_${at.toString(16).padStart(12, '0')}${randomTail()}`,
  secret: () => randomBytes(32).toString('base64url'),
  uuid: () => randomUUID(),
}
