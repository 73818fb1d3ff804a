import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'

/** A call as it is sent. */
export interface Sent {
  readonly method: string
  /** With its query, behind the platform's address. */
  readonly target: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
}

export interface Told {
  readonly status: number
  /** Lower-case names; several values are joined. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Each over a connection of its own, which stands before the first of them is sent: they come in one after the other, with nothing between. */
export async function exchangeTogether(origin: string, calls: readonly Sent[]): Promise<readonly Told[]> {
  const { hostname, port } = new URL(origin)
  const sockets = calls.map(() => connect({ host: hostname, port: Number(port), noDelay: true }))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  return Promise.all(calls.map((sent, index) => exchange(origin, sent, sockets[index])))
}

/** One call over a connection of its own. */
export function exchange(origin: string, { method, target, headers }: Sent, socket?: Socket): Promise<Told> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const way = socket === undefined ? { hostname, port, agent: false as const } : { createConnection: () => socket }
    const call = request(
      { ...way, method, path: target, headers: [...headers, 'Host', `${hostname}:${port}`] },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: new Map(
              Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
            ),
            body: Buffer.concat(pieces).toString('utf8'),
          }),
        )
      },
    )
    call.on('error', reject)
    call.end()
  })
}
