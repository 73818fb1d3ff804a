/** Long-lived tokens that a platform gives to applications, beside those of its realms. */
export interface TokenHabits {
  /** The text that carries the token's identifier: a JWT (RFC 7519), signed with HS256. */
  readonly kind: 'jwt'
  /** How long a token lives, and by how much a renewal prolongs it. */
  readonly days: number
  /** A token may be renewed once no more than this is left of it. */
  readonly renewalDays: number
  /** How long a token that was replaced goes on working, unless told otherwise. */
  readonly replacementDays: number
}
