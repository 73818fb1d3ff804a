import type { UpstreamRequest } from '#contract'
import type { Call } from './call.js'

/** The value of `Portique-Identity` for an origin. */
export type Identify = (request: UpstreamRequest, origin: string) => string

/** The bytes of a request's head (latin1, as received): only what was let through, then what we say ourselves. */
export function requestHead({ request, address }: Call, identify: Identify): string {
  if (address === null) throw new Error('a call without an address')
  const { method, target, headers, body } = request
  let head = `${method} ${address.basePath}${target} HTTP/1.1\r\nHost: ${address.authority}\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`
  head += `Via: 1.1 portique\r\nPortique-Identity: ${identify(request, address.origin)}\r\n`
  if (body !== null) head += `Content-Length: ${body.length}\r\n`
  else if (method !== 'GET' && method !== 'HEAD') head += 'Content-Length: 0\r\n'
  return `${head}\r\n`
}
