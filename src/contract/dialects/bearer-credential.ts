import type { Credential, Refusal, RequestHead } from '../exchange.js'
import { refusal } from '../refusals.js'

/** The token of `Authorization: Bearer` (RFC 6750 section 2.1); the scheme's case counts for nothing, a second header is refused. */
export function bearerCredential({ headers }: RequestHead): Credential | Refusal {
  let value: string | undefined
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]
    if (name?.length !== headerName.length || name.toLowerCase() !== headerName) continue
    if (value !== undefined) return refusal('request/header-twice', { header: 'Authorization' })
    value = headers[index + 1]
  }
  if (value === undefined) return refusal('token/missing')
  const token = bearer.exec(value)?.[1]
  if (token !== undefined) return { kind: 'bearer', value: token }
  return refusal(/^bearer(?:\s|$)/i.test(value) ? 'token/malformed' : 'token/missing')
}

const headerName = 'authorization'
const bearer = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i
