import type { UpstreamResponse } from '#contract'
import type { SandboxCase } from './case.js'

/** The answer of a case; a payload given as text that is JSON leaves as it was written. */
export function caseAnswer({ status, payload, headers }: SandboxCase): UpstreamResponse {
  const list = Object.entries(headers).flat()
  if (payload === undefined || status === 204 || status === 304) return { status, headers: list, body: null }
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const type = typeof payload !== 'string' || isJson(payload) ? 'application/json' : 'text/plain;charset=UTF-8'
  return { status, headers: typed ? list : [...list, 'Content-Type', type], body: Buffer.from(text) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
