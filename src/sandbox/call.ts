import type { Json, UpstreamRequest } from '#contract'

/** A request as the sandbox reads it. */
export interface Call {
  readonly request: UpstreamRequest
  /** Decoded values of each query parameter, in order; null for one that is not percent-encoded UTF-8. */
  readonly query: ReadonlyMap<string, readonly (string | null)[]>
  readonly path: Readonly<Record<string, string>>
  /** First value of a header, whatever the case of its name. */
  header(name: string): string | undefined
  readonly body: CallBody
}

export type CallBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'other' }
  /** It says that it is JSON, and is not, or is nested too deeply. */
  | { readonly kind: 'malformed' }

const parametersMost = 200
const depthMost = 64

export function readCall(request: UpstreamRequest): Call {
  const header = (name: string) => headerValue(request.headers, name)
  return {
    request,
    query: readQuery(request.target),
    path: request.pathParameters,
    header,
    body: readBody(request.body, header('content-type')),
  }
}

function headerValue(headers: readonly string[], name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2)
    if (headers[index]?.toLowerCase() === name) return headers[index + 1]
  return undefined
}

function readQuery(target: string): ReadonlyMap<string, readonly (string | null)[]> {
  const start = target.indexOf('?')
  const found = new Map<string, (string | null)[]>()
  if (start < 0) return found
  for (const part of target.slice(start + 1).split('&', parametersMost)) {
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    if (name === null || name === '') continue
    const values = found.get(name) ?? []
    values.push(equals < 0 ? '' : decode(part.slice(equals + 1)))
    found.set(name, values)
  }
  return found
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

function readBody(bytes: Uint8Array | null, type: string | undefined): CallBody {
  if (bytes === null || bytes.length === 0) return { kind: 'none' }
  if (type !== undefined && !/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type)) return { kind: 'other' }
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json
    return depthWithin(value, depthMost) ? { kind: 'json', value } : { kind: 'malformed' }
  } catch {
    return { kind: 'malformed' }
  }
}

function depthWithin(value: Json, depth: number): boolean {
  if (value === null || typeof value !== 'object') return true
  return depth > 0 && Object.values(value).every((entry: Json) => depthWithin(entry, depth - 1))
}
