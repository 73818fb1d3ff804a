import type { FinishedExchange } from '#contract'
import { createTokenMark } from '../token-mark.js'

/**
 * One exchange as one line of JSON in plain ASCII. By construction it holds names of the contract, identifiers and numbers:
 * no path, query, header or body (ASVS 5.0 V16.2.5), and the token only as a mark.
 */
export function createAccessLine(): (exchange: FinishedExchange) => string {
  const time = createIsoTime()
  const whoAndWhat = createWhoAndWhat()
  return (exchange) => {
    const { refusal } = exchange
    return (
      `{"time":"${time(exchange.startedAt)}","request_id":${quote(exchange.requestId)}${whoAndWhat(exchange)}` +
      `,"status":${exchange.status},"refusal":${refusal === null ? 'null' : quote(refusal)}` +
      `,"request_bytes":${exchange.requestBytes},"response_bytes":${exchange.responseBytes}` +
      `,"duration_ms":${round(exchange.durationMilliseconds)}` +
      `,"upstream_ms":${exchange.upstreamMilliseconds === null ? 'null' : round(exchange.upstreamMilliseconds)}` +
      `,"complete":${exchange.complete}}\n`
    )
  }
}

const plain = /^[\w.:/+|-]{0,128}$/
const textMax = 128

/** A JSON string in ASCII: no control, no line separator and no terminal sequence survives unescaped. */
function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`
  return JSON.stringify(text.slice(0, textMax)).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}

/** ISO 8601 in UTC; most calls share their second with the one before. */
function createIsoTime(): (milliseconds: number) => string {
  let second = Number.NaN
  let prefix = ''
  return (milliseconds) => {
    const rest = milliseconds % 1000
    if (milliseconds - rest !== second) {
      second = milliseconds - rest
      prefix = new Date(second).toISOString().slice(0, 20)
    }
    return `${prefix}${String(Math.floor(rest)).padStart(3, '0')}Z`
  }
}

interface Kept {
  readonly of: FinishedExchange
  readonly piece: string
}

/** The middle of the line, which one caller's calls mostly share: kept as it was for the token's last call. */
function createWhoAndWhat(): (exchange: FinishedExchange) => string {
  const mark = createTokenMark()
  const kept = new Map<string, Kept>()
  return (exchange) => {
    const { tokenId } = exchange
    if (tokenId === null) return pieceOf(exchange, mark)
    const known = kept.get(tokenId)
    if (known !== undefined && isSame(known.of, exchange)) return known.piece
    const piece = pieceOf(exchange, mark)
    if (kept.size >= tokensMax) kept.clear()
    kept.set(tokenId, { of: exchange, piece })
    return piece
  }
}

const tokensMax = 10_000

const isSame = (one: FinishedExchange, other: FinishedExchange): boolean =>
  one.operation === other.operation &&
  one.api === other.api &&
  one.method === other.method &&
  one.environment === other.environment &&
  one.applicationId === other.applicationId

function pieceOf(exchange: FinishedExchange, mark: (tokenId: string) => string): string {
  const { method, api, operation, environment, applicationId, tokenId } = exchange
  return (
    `,"method":${quote(method)},"api":${orNull(api?.id)},"operation":${api === null ? 'null' : orNull(operation?.id)}` +
    `,"environment":${orNull(environment)},"application":${orNull(applicationId)}` +
    `,"token":${tokenId === null ? 'null' : `"${mark(tokenId)}"`}`
  )
}

const orNull = (text: string | null | undefined): string => (text == null ? 'null' : quote(text))
