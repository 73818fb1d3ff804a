import type { ApiVersion, FinishedExchange, Operation } from '#contract'
import { createTokenMark } from '../token-mark.js'

/**
 * One exchange as one line of JSON in plain ASCII. By construction it holds names of the contract, identifiers and numbers:
 * no path, query, header or body (ASVS 5.0 V16.2.5), and the token only as a mark.
 */
export function createAccessLine(): (exchange: FinishedExchange) => string {
  const time = createIsoTime()
  const mark = createTokenMark()
  const names = createNames()
  return (exchange) => {
    const { api, operation, applicationId, tokenId, refusal } = exchange
    return (
      `{"time":"${time(exchange.startedAt)}","request_id":${quote(exchange.requestId)}` +
      `,"method":${quote(exchange.method)}${api === null ? noNames : names(api, operation)}` +
      `,"environment":${exchange.environment === null ? 'null' : quote(exchange.environment)}` +
      `,"application":${applicationId === null ? 'null' : quote(applicationId)}` +
      `,"token":${tokenId === null ? 'null' : `"${mark(tokenId)}"`}` +
      `,"status":${exchange.status},"refusal":${refusal === null ? 'null' : quote(refusal)}` +
      `,"request_bytes":${exchange.requestBytes},"response_bytes":${exchange.responseBytes}` +
      `,"duration_ms":${round(exchange.durationMilliseconds)}` +
      `,"upstream_ms":${exchange.upstreamMilliseconds === null ? 'null' : round(exchange.upstreamMilliseconds)}` +
      `,"complete":${exchange.complete}}\n`
    )
  }
}

const noNames = ',"api":null,"operation":null'
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

/** The API and operation as a piece of the line, made once for each. */
function createNames(): (api: ApiVersion, operation: Operation | null) => string {
  const byOperation = new WeakMap<object, string>()
  return (api, operation) => {
    const known = byOperation.get(operation ?? api)
    if (known !== undefined) return known
    const piece = `,"api":${quote(api.id)},"operation":${operation === null ? 'null' : quote(operation.id)}`
    byOperation.set(operation ?? api, piece)
    return piece
  }
}
