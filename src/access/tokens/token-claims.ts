import { listOf, type TokenRow } from './token-rows.js'
import type { TokenClaims } from './token-text.js'

/** What the text of a token says of its row. */
export const claimsOf = (row: TokenRow): TokenClaims => ({
  uid: row.owner_id,
  jti: row.id,
  scopes: listOf(row.scopes),
  sub: row.title,
  extra_info: {},
  iat: seconds(row.created_at),
  version: '1.0',
  exp: seconds(row.expires_at),
})

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
