import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A line to a real server that a test can stall and let go again. */
export interface StallableLink {
  readonly url: string
  stall(): void
  release(): void
  /** Breaks every connection and takes no new one. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function stallableLink(target: string): Promise<StallableLink> {
  const { hostname, port, pathname } = new URL(target)
  const sockets = new Set<Socket>()
  let stalled = false
  let broken = false
  const server = createServer((near) => {
    if (broken) return void near.destroy()
    const far = connect(Number(port === '' ? 6379 : port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
      if (stalled) socket.pause()
    }
    near.on('data', (bytes) => void far.write(bytes))
    far.on('data', (bytes) => void near.write(bytes))
    if (stalled) for (const socket of [near, far]) socket.pause()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  const cutAll = () => sockets.forEach((socket) => void socket.destroy())
  return {
    url: `redis://127.0.0.1:${own}${pathname}`,
    stall() {
      stalled = true
      for (const socket of sockets) socket.pause()
    },
    release() {
      stalled = false
      for (const socket of sockets) socket.resume()
    },
    cut() {
      broken = true
      cutAll()
    },
    mend() {
      broken = false
    },
    async close() {
      cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}
