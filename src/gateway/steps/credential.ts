import type { Step } from './step.js'

/** Reads the credential where the platform has it. */
export const credentialStep: Step = (exchange) => {
  const { request } = exchange
  const found = exchange.dialect.credential({
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    httpVersion: request.httpVersion,
    headers: request.rawHeaders,
  })
  if ('code' in found) return found
  exchange.credential = found
  return null
}
