import type { Credential, Refusal, RequestHead } from '../exchange.js'
import { refusal } from '../refusals.js'

/** The token of `Authorization: Bearer` (RFC 6750 section 2.1); the scheme's case counts for nothing, a second header is refused. */
export function bearerCredential({ headers }: RequestHead): Credential | Refusal {
  const values = headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === 'authorization')
  const [value] = values
  if (values.length > 1) return refusal('request/header-twice', { header: 'Authorization' })
  if (value === undefined || !/^bearer(?:\s|$)/i.test(value)) return refusal('token/missing')
  const token = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(value)?.[1]
  return token === undefined ? refusal('token/malformed') : { kind: 'bearer', value: token }
}
