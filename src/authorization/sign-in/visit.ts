import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '#base'
import { pageHeaders } from '#theme'

/** What a browser asks of a realm, read once. */
export interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path under the realm's issuer. */
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly query: ReadonlyMap<string, string>
  /** Empty unless it was posted. */
  readonly form: ReadonlyMap<string, string>
  readonly language: Language
  /** The same page in the other language; absent where a GET does not bring it back. */
  readonly otherLanguageHref?: string
  /** Who calls, for the lock after failures. */
  readonly address: string
}

export interface SentPage {
  readonly status?: number
  /** Where a form of the page may end beside our own origin. */
  readonly formActionOrigins?: readonly string[]
  /** Names and values in turn. */
  readonly headers?: readonly string[]
}

/** Sends a page with the headers of one. */
export function sendPage(response: ServerResponse, html: string, { status = 200, ...options }: SentPage = {}): void {
  if (response.headersSent || response.destroyed) return
  const body = Buffer.from(html)
  for (const [name, value] of Object.entries(pageHeaders(options))) response.setHeader(name, value)
  const { headers = [] } = options
  for (let at = 0; at + 1 < headers.length; at += 2) response.setHeader(headers[at] ?? '', headers[at + 1] ?? '')
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length })
  response.end(body)
}

/** After a POST always 303, which no browser repeats with the body (RFC 9700 section 4.12). */
export function sendAway(response: ServerResponse, location: string): void {
  for (const [name, value] of Object.entries(pageHeaders())) response.setHeader(name, value)
  response.writeHead(303, { Location: location, 'Content-Length': 0 })
  response.end()
}

/** The identifier under which the log knows the request. */
export const requestIdOf = (response: ServerResponse): string => String(response.getHeader('x-request-id') ?? '')
