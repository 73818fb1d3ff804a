import { type Refusal, refusal } from '#contract'
import type { Incoming } from '../incoming.js'

/**
 * What Node's parser lets through and we do not: no or several `Host`, an unknown one, fields that must be single sent twice (Node keeps
 * the first in silence), targets that are not in origin form, methods that no contract can have, transfer
 * codings but `chunked` (RFC 9112 section 6.1), WebSocket. Null: sound.
 */
export function inspect(
  request: Pick<Incoming, 'method' | 'url' | 'rawHeaders'>,
  knowsHost: (host: string) => boolean,
): Refusal | null {
  const { method = '', url = '', rawHeaders } = request
  if (!methods.has(method)) return refusal('request/method-unknown')
  if (url.charCodeAt(0) !== slash) return refusal('request/malformed')
  if (rawHeaders.length > 2 * headersMax) return refusal('request/head-too-large')
  const seen: Seen = { host: null, singles: 0, upgrade: null, repeated: null, coded: false }
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    look(seen, rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  if (seen.host === null || !wellFormedHost.test(seen.host) || !knowsHost(seen.host)) return refusal('request/host')
  if (seen.repeated !== null) return refusal('request/header-twice', { header: seen.repeated })
  if (seen.coded) return refusal('request/transfer-coding')
  return seen.upgrade !== null && /\bwebsocket\b/i.test(seen.upgrade) ? refusal('request/upgrade') : null
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const slash = 47
const headersMax = 128
/** RFC 3986 section 3.2.2 and 3.2.3, in lower case, without what no published address uses. */
const wellFormedHost = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/

interface Seen {
  host: string | null
  /** One bit for each single field met. */
  singles: number
  upgrade: string | null
  /** The name of a single field sent twice. */
  repeated: string | null
  /** A transfer coding besides `chunked`: Node would take its chunks off and hand the coded bytes over as if they were plain. */
  coded: boolean
}

const singles = new Map([
  ['authorization', 1],
  ['content-type', 2],
  ['x-api-key', 4],
  ['expect', 8],
  ['origin', 16],
])

/** By length first: most names are none of these. */
function look(seen: Seen, name: string, value: string): void {
  switch (name.length) {
    case 4:
      if (name.toLowerCase() !== 'host') break
      // Empty is no known host: a second one makes the first unknown too.
      seen.host = seen.host === null ? value.toLowerCase() : ''
      break
    case 7:
      if (name.toLowerCase() === 'upgrade') seen.upgrade = value
      break
    case 6:
    case 9:
    case 12:
    case 13: {
      const bit = singles.get(name.toLowerCase()) ?? 0
      if ((seen.singles & bit) !== 0) seen.repeated = name
      seen.singles |= bit
      break
    }
    case 17:
      if (name.toLowerCase() === 'transfer-encoding' && value.toLowerCase() !== 'chunked') seen.coded = true
  }
}
