import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'

/** Opens the control socket for its owner alone (0600): reaching it is the proof of who calls. The data folder's lock has been taken before. */
export async function listenOnSocket(address: string, listener: RequestListener): Promise<Server> {
  const isPipe = address.startsWith('\\\\.\\pipe')
  if (!isPipe) rmSync(address, { force: true })
  const server = createServer(listener)
  const before = process.umask(0o177)
  try {
    server.listen(address)
    await once(server, 'listening')
  } finally {
    process.umask(before)
  }
  if (!isPipe) chmodSync(address, 0o600)
  return server
}
