import { type CallBody, givenQuery, type Json, type Query, readQuery, type UpstreamRequest } from '#contract'

/** A request as the sandbox reads it. */
export interface Call {
  readonly request: UpstreamRequest
  /** Without what was left blank. */
  readonly query: Query
  readonly path: Readonly<Record<string, string>>
  /** First value of a header, whatever the case of its name. */
  header(name: string): string | undefined
  readonly body: CallBody
}

const depthMost = 64

export function readCall(request: UpstreamRequest): Call {
  const header = (name: string) => headerValue(request.headers, name)
  return {
    request,
    query: givenQuery(readQuery(request.target)),
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
