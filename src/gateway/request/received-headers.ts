import type { HeaderVerdict } from './header-verdicts.js'

/** The headers of a request in one pass: what goes on to the upstream, and the few that the gateway reads itself. */
export interface ReceivedHeaders {
  /** Names and values that an upstream may see, in their order. */
  readonly passed: string[]
  /** The same for an answer that is going to be cut; null: nobody has asked for that yet. */
  passedForWhole: readonly string[] | null
  host: string
  origin: string | null
  acceptLanguage: string | null
  traceparent: string | null
  tracestate: string | null
  clientRequestId: string | null
  xForwardedFor: string | null
  xForwardedProto: string | null
  contentLength: number
  chunked: boolean
  expectsContinue: boolean
}

export function readHeaders(raw: readonly string[], verdictOf: (name: string) => HeaderVerdict): ReceivedHeaders {
  const received = nothingReceived()
  let named: string | null = null
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? ''
    const value = raw[index + 1] ?? ''
    const verdict = verdictOf(name)
    if (verdict === 'pass') received.passed.push(name, value)
    if (verdict === 'connection') named = named === null ? value : `${named},${value}`
    else note(received, name, value)
  }
  if (named !== null && !usualConnection.test(named)) dropNamed(received.passed, named)
  return received
}

const usualConnection = /^(?:keep-alive|close)$/i

const nothingReceived = (): ReceivedHeaders => ({
  passed: [],
  passedForWhole: null,
  host: '',
  origin: null,
  acceptLanguage: null,
  traceparent: null,
  tracestate: null,
  clientRequestId: null,
  xForwardedFor: null,
  xForwardedProto: null,
  contentLength: 0,
  chunked: false,
  expectsContinue: false,
})

/** By length first: most names are none of these, and lower-casing each would cost more than the rest of the loop. */
function note(received: ReceivedHeaders, name: string, value: string): void {
  switch (name.length) {
    case 4:
      if (name.toLowerCase() === 'host') received.host = value.toLowerCase()
      break
    case 6:
      noteShort(received, name.toLowerCase(), value)
      break
    case 10:
      if (name.toLowerCase() === 'tracestate') received.tracestate = value
      break
    case 11:
      if (name.toLowerCase() === 'traceparent') received.traceparent = value
      break
    case 12:
      if (name.toLowerCase() === 'x-request-id') received.clientRequestId = value
      break
    case 14:
      if (name.toLowerCase() === 'content-length') received.contentLength = Number(value)
      break
    case 15:
      noteLong(received, name.toLowerCase(), value)
      break
    case 17:
      noteLong(received, name.toLowerCase(), value)
      break
  }
}

function noteShort(received: ReceivedHeaders, name: string, value: string): void {
  if (name === 'origin') received.origin = value
  else if (name === 'expect') received.expectsContinue = value.toLowerCase() === '100-continue'
}

function noteLong(received: ReceivedHeaders, name: string, value: string): void {
  if (name === 'accept-language') received.acceptLanguage = value
  else if (name === 'x-forwarded-for')
    received.xForwardedFor = received.xForwardedFor === null ? value : `${received.xForwardedFor},${value}`
  else if (name === 'x-forwarded-proto') received.xForwardedProto = value.toLowerCase()
  else if (name === 'transfer-encoding') received.chunked = true
}

/** Fields that the caller's `Connection` names go no further than us (RFC 9110 section 7.6.1). */
function dropNamed(passed: string[], named: string): void {
  const names = new Set(named.split(',').map((name) => name.trim().toLowerCase()))
  let kept = 0
  for (let index = 0; index + 1 < passed.length; index += 2) {
    const name = passed[index] ?? ''
    if (names.has(name.toLowerCase())) continue
    passed[kept++] = name
    passed[kept++] = passed[index + 1] ?? ''
  }
  passed.length = kept
}
