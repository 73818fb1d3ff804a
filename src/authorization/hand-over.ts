import type { IncomingMessage } from 'node:http'

export interface HandOver {
  /** Path under the realm's issuer. */
  readonly path: string
  readonly issuerPath: string
  /** The form as the library shall read it; null: the request has no body. */
  readonly form: string | null
}

/**
 * Makes the request the library's: mounted at the issuer's path (Express' convention of `originalUrl`), its answer
 * in JSON, and the body that was read already readable once more, so that nothing is parsed twice.
 */
export function handOver(request: IncomingMessage, { path, issuerPath, form }: HandOver): void {
  Object.assign(request, { url: path, originalUrl: `${issuerPath}${path}` })
  request.headers.accept = 'application/json'
  if (form === null) return
  const body = Buffer.from(form)
  request.headers['content-type'] = 'application/x-www-form-urlencoded'
  request.headers['content-length'] = String(body.length)
  delete request.headers['transfer-encoding']
  Object.defineProperty(request, 'readable', { value: true })
  Object.assign(request, { iterator: () => [body] })
}
