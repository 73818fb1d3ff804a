import type { IncomingMessage } from 'node:http'

export interface HandOver {
  /** Path under the realm's issuer. */
  readonly path: string
  readonly issuerPath: string
  /** Tells the library whether the server is reached by https, whatever a proxy says of it. */
  readonly authorizationUrl: string
  /** The query as the library shall read it, without `?`. */
  readonly query?: string
  /** The form as the library shall read it; null: the request has no body. */
  readonly form: string | Buffer | null
  /** What its answer may be. */
  readonly accept: 'json' | 'html'
}

/**
 * Makes the request the library's: mounted at the issuer's path (Express' convention of `originalUrl`), its answer
 * in JSON or as a page, and the body that was read already readable once more, so that nothing is parsed twice.
 */
export function handOver(request: IncomingMessage, handed: HandOver): void {
  const { path, issuerPath, query = '', form, accept } = handed
  const url = query === '' ? path : `${path}?${query}`
  Object.assign(request, { url, originalUrl: `${issuerPath}${url}` })
  const { headers } = request
  headers.accept = accept === 'json' ? 'application/json' : 'text/html'
  for (const name of ['x-forwarded-host', 'x-forwarded-for', 'x-forwarded-proto']) delete headers[name]
  headers['x-forwarded-proto'] = handed.authorizationUrl.startsWith('https:') ? 'https' : 'http'
  delete headers['transfer-encoding']
  if (form === null) {
    delete headers['content-type']
    delete headers['content-length']
    return
  }
  const body = typeof form === 'string' ? Buffer.from(form) : form
  headers['content-type'] = 'application/x-www-form-urlencoded'
  headers['content-length'] = String(body.length)
  Object.defineProperty(request, 'readable', { value: true, configurable: true })
  Object.assign(request, { iterator: () => [body] })
}
