import { randomBytes, randomUUID } from 'node:crypto'

/** Makes identifiers; handed in, so that a test can foresee them. */
export interface Identifiers {
  /** `<prefix>_<22 characters>`: 128 random bits (ASVS 5.0 V7.2.3); the prefix keeps clients and people apart (RFC 9700 section 4.15). */
  id(prefix: string): string
  /** 256 random bits in 43 base64url characters: client secrets, API keys (ASVS 5.0 V11.5). */
  secret(): string
  /** A UUID of 122 random bits (RFC 9562 section 5.4), where somebody else's format asks for one. */
  uuid(): string
}

export const randomIdentifiers: Identifiers = {
  id: (prefix) => `${prefix}_${randomBytes(16).toString('base64url')}`,
  secret: () => randomBytes(32).toString('base64url'),
  uuid: () => randomUUID(),
}
