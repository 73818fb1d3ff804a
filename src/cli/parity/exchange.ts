import { request } from 'node:http'

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

/** One call over a connection of its own. */
export function exchange(origin: string, { method, target, headers }: Sent): Promise<Told> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const call = request(
      { hostname, port, method, path: target, agent: false, headers: [...headers, 'Host', `${hostname}:${port}`] },
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
