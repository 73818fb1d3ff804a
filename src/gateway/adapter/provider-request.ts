import {
  type Json,
  type JsonObject,
  type Mapping,
  type Refusal,
  refusal,
  Unmappable,
  type UpstreamRequest,
} from '#contract'
import { callDocument } from './call-document.js'
import { fillPath } from './fill-path.js'
import type { PreparedOperation } from './prepare.js'

/** What the provider is asked: the adapter's request, with nothing of the caller's own but what the pairs name. */
export function providerRequest(
  request: UpstreamRequest,
  { request: { method, path, body: kind }, mapping }: Pick<PreparedOperation, 'request' | 'mapping'>,
  now: number,
): UpstreamRequest | Refusal {
  const parts = partsOf(mapping, callDocument(request, now))
  if ('code' in parts) return parts
  const target = targetOf(path, parts)
  const headers = ownHeaders(request)
  if (target === null || !pushHeaders(headers, parts.headers)) return refusal('request/contract')
  if (parts.body === undefined) return { ...request, method, target, headers, body: null }
  headers.push('Content-Type', kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json')
  const text = kind === 'form' ? formOf(parts.body) : JSON.stringify(parts.body)
  return { ...request, method, target, headers, body: Buffer.from(text) }
}

interface Parts {
  readonly path: Entries
  readonly query: Entries
  readonly headers: Entries
  readonly body: Json | undefined
}

type Entries = readonly (readonly [string, Json])[]

/** A parameter that no conversion can take, such as the 31st of February, is the caller's to correct. */
function partsOf(mapping: Mapping, call: JsonObject): Parts | Refusal {
  try {
    const made = mapping.forward(call)
    return {
      path: entriesOf(made, 'path'),
      query: entriesOf(made, 'query'),
      headers: entriesOf(made, 'headers'),
      body: partOf(made, 'body'),
    }
  } catch (error) {
    if (!(error instanceof Unmappable)) throw error
    const parameter = error.from.find((pointer) => pointer.startsWith('/parameters/'))?.split('/')[2]
    return refusal('request/contract', parameter === undefined ? {} : { parameter })
  }
}

const partOf = (made: Json, name: string): Json | undefined =>
  typeof made === 'object' && made !== null && !Array.isArray(made)
    ? (made as { [key: string]: Json })[name]
    : undefined

function entriesOf(made: Json, name: string): Entries {
  const part = partOf(made, name)
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.entries(part) : []
}

/** Null when a hole stays empty, or would change the path around it. */
function targetOf(path: string, { path: holes, query }: Parts): string | null {
  const filled = fillPath(path, new Map(holes.map(([name, value]) => [name, textOf(value)])))
  if (filled === null) return null
  const search = formOf(Object.fromEntries(query))
  const target = filled === '' ? '/' : filled
  return search === '' ? target : `${target}?${search}`
}

/** A list gives its name once for each of its items. */
function formOf(fields: Json): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields ?? {}) as [string, Json][])
    for (const one of Array.isArray(value) ? (value as Json[]) : [value])
      if (one !== null) form.append(name, textOf(one))
  return form.toString()
}

const textOf = (value: Json): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Of the call's headers only ours: what ties the provider's log to this exchange. */
function ownHeaders({ headers }: UpstreamRequest): string[] {
  const own = ['Accept', 'application/json', 'Accept-Encoding', 'identity']
  for (let index = 0; index + 1 < headers.length; index += 2)
    if (/^(x-request-id|traceparent)$/i.test(headers[index] ?? ''))
      own.push(headers[index] ?? '', headers[index + 1] ?? '')
  return own
}

/** False for a value that no header can carry. */
function pushHeaders(headers: string[], added: Entries): boolean {
  for (const [name, value] of added) {
    const text = textOf(value)
    if (!/^[\t -~\u0080-\u00ff]*$/.test(text)) return false
    if (text !== '') headers.push(name, text)
  }
  return true
}
