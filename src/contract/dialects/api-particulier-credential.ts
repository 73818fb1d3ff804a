import type { Credential, Refusal, RequestHead } from '../exchange.js'
import { refusal } from '../refusals.js'
import { bearerCredential } from './bearer-credential.js'

/** The parameter of the address that may hold a token. */
export const tokenParameter = 'token'

/** `Authorization: Bearer`, else `X-Api-Key`, else `?token=`: the first that is there counts, good or not. */
export function credentialInOrder(head: RequestHead): Credential | Refusal {
  const bearer = bearerCredential(head)
  if (!('code' in bearer) || bearer.code !== 'token/missing') return bearer
  const keys = head.headers.filter(
    (_, index) => index % 2 === 1 && head.headers[index - 1]?.toLowerCase() === 'x-api-key',
  )
  if (keys.length > 1) return refusal('request/header-twice', { header: 'X-Api-Key' })
  if (keys[0] !== undefined && keys[0].trim() !== '') return checked('api-key', keys[0].trim())
  return inQuery(head.target)
}

function inQuery(target: string): Credential | Refusal {
  const mark = target.indexOf('?')
  const values = mark < 0 ? [] : new URLSearchParams(target.slice(mark + 1)).getAll(tokenParameter)
  const [value = ''] = values
  if (values.length > 1) return refusal('request/malformed', { parameter: tokenParameter })
  return value === '' ? refusal('token/missing') : checked('query', value)
}

/** A JWT, or forty hexadecimal digits of the older kind. */
const checked = (kind: Credential['kind'], value: string): Credential | Refusal =>
  /^[A-Za-z0-9\-._~+/]+=*$/.test(value) ? { kind, value } : refusal('token/malformed')
