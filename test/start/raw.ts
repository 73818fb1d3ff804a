import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** All bytes that came back. */
  readonly text: string
}

/** Sends bytes as they are and reads until the server closes, or for `patience` milliseconds after the last byte. Status 0: nothing came. */
export function sendRaw(port: number, bytes: string | Buffer, patience = 3_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect({ host: '127.0.0.1', port })
    const finish = () => {
      socket.destroy()
      resolve(parseAnswer(Buffer.concat(chunks).toString('latin1')))
    }
    socket.setTimeout(patience, finish)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', finish)
    socket.on('end', finish)
    socket.on('connect', () => socket.write(bytes))
  })
}

/** Lines of a request's head, closed by an empty one; asks for the connection to be closed so that the answer has an end. */
export const head = (...lines: readonly string[]): string => [...lines, 'Connection: close', '', ''].join('\r\n')

function parseAnswer(text: string): RawAnswer {
  const cut = text.indexOf('\r\n\r\n')
  const [line = '', ...fields] = (cut < 0 ? text : text.slice(0, cut)).split('\r\n')
  const headers = new Map(
    fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const
    }),
  )
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0)
  return { status, headers, body: cut < 0 ? '' : text.slice(cut + 4), text }
}
