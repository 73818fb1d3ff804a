import { once } from 'node:events'
import { createServer } from 'node:net'
import { listen } from './listen.js'

/** A port that is free now: addresses are printed, and issuers made of them, before the listener stands. */
export async function freePort(host: string): Promise<number> {
  const server = createServer()
  const port = await listen(server, { host, port: 0 })
  server.close()
  await once(server, 'close')
  return port
}
