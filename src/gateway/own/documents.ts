import { createHash } from 'node:crypto'
import type { Json, UpstreamResponse } from '#contract'
import type { Exchange } from '../exchange.js'

/** A document that is made once and read often. */
export interface OwnDocument {
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

export function ownDocument(type: string, text: string): OwnDocument {
  const body = Buffer.from(text)
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` }
}

/** 304 for whoever has it already (RFC 9110 section 13.1.2). */
export function documentAnswer({ request }: Exchange, { type, body, etag }: OwnDocument): UpstreamResponse {
  const kept = ['ETag', etag, 'Cache-Control', 'public, max-age=300']
  const tags = valuesOf(request.rawHeaders, 'if-none-match')
    .flatMap((value) => value.split(','))
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (tags.includes(etag) || tags.includes('*')) return { status: 304, headers: kept, body: null }
  return { status: 200, headers: ['Content-Type', type, ...kept], body }
}

export const jsonAnswer = (status: number, value: Json): UpstreamResponse => ({
  status,
  headers: ['Content-Type', 'application/json', 'Cache-Control', 'no-store'],
  body: Buffer.from(JSON.stringify(value)),
})

const valuesOf = (headers: readonly string[], lowerName: string): readonly string[] =>
  headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === lowerName)
