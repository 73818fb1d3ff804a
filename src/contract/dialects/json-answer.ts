import type { Answer, HeaderList } from '../exchange.js'

/** Bytes of a JSON answer; keys go out in the order they were written. */
export function jsonAnswer(status: number, headers: HeaderList, value: unknown): Answer {
  const body = Buffer.from(JSON.stringify(value))
  return { status, headers: [...headers, 'Content-Length', String(body.byteLength)], body }
}

export const emptyAnswer = (status: number, headers: HeaderList): Answer => ({
  status,
  headers: [...headers, 'Content-Length', '0'],
  body: null,
})
