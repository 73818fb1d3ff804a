import type { Answer, Refusal } from '#contract'

/** What a refusal carries whatever the dialect: fields that HTTP itself asks for, added where the dialect did not write them. */
export function refusalHeaders(refusal: Refusal, answer: Answer): string[] {
  const headers = [...answer.headers]
  const { retryAfterSeconds, allow } = refusal.detail ?? {}
  if (typeof retryAfterSeconds === 'number' && !has(headers, 'retry-after'))
    headers.push('Retry-After', String(retryAfterSeconds))
  if (typeof allow === 'string' && !has(headers, 'allow')) headers.push('Allow', allow)
  if (!has(headers, 'cache-control')) headers.push('Cache-Control', 'no-store')
  if (!has(headers, 'content-length')) headers.push('Content-Length', String(answer.body?.length ?? 0))
  return headers
}

export function has(headers: readonly string[], lowerName: string): boolean {
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index]
    if (name?.length === lowerName.length && name.toLowerCase() === lowerName) return true
  }
  return false
}
