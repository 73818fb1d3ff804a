import type { ServerResponse } from 'node:http'
import type { Answer } from '#contract'

/** Writes the bytes that a dialect made; `extra` are more names and values in turn. */
export function sendAnswer(response: ServerResponse, answer: Answer, extra: readonly string[] = []): void {
  if (response.headersSent || response.destroyed) return
  const headers = [...answer.headers, ...extra]
  if (!headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'content-length')) {
    headers.push('Content-Length', String(answer.body?.length ?? 0))
  }
  response.writeHead(answer.status, headers)
  response.end(answer.body ?? undefined)
}
