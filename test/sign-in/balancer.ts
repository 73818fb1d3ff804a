import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What stands before several nodes in production: each new connection goes to the next one, or to the one that was chosen. */
export interface Balancer {
  readonly port: number
  /** From now on new connections go to this node alone; null: to each in turn. */
  choose(node: number | null): void
  close(): void
}

export async function createBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0
  let chosen: number | null = null
  const open = new Set<Socket>()
  const server = createServer((from) => {
    const to = connect({ host: '127.0.0.1', port: ports[chosen ?? turn++ % ports.length] ?? 0 })
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    choose(node) {
      chosen = node
    },
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
