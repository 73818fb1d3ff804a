import type { Identifiers } from '#base'
import type { OAuthHabits } from '#contract'

/** A client identifier in the platform's form (`OAuthHabits.clientId`). */
export function makeClientId(habits: OAuthHabits, name: string, identifiers: Identifiers): string {
  return habits.clientId
    .replace('{name}', () => plainName(name))
    .replace('{hex}', () => toHex(identifiers.secret()))
    .replace('{id}', () => identifiers.id('').slice(1))
}

/** A client secret in the platform's alphabet: 256 random bits. */
export function makeSecret(habits: OAuthHabits, identifiers: Identifiers): string {
  const secret = identifiers.secret()
  return habits.secret === 'hex' ? toHex(secret) : secret
}

const toHex = (base64url: string) => Buffer.from(base64url, 'base64url').toString('hex')

/** Letters and digits only, without accents, at most 30. */
function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  return plain.slice(0, 30) || 'application'
}
