import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Lane } from '#gateway'

/** Longer than the gateway's own drain, so that what it says to the last calls still leaves. */
const drainMillisecondsMax = 31_000

/**
 * Knows the latest answer of each connection. The function returned takes no new connection, waits for the answers under way (31 s at most) and
 * then drops whatever stays open: connections kept alive, and heads that never became a request.
 */
export function drainOf(server: Server, lane: Lane | null = null): () => Promise<void> {
  const latest = new Map<Socket, ServerResponse>()
  const quiet = Promise.withResolvers<void>()
  let running = 0
  let closing = false
  const waitFor = (response: ServerResponse) => {
    running += 1
    if (!response.headersSent) response.shouldKeepAlive = false
    response.once('close', () => {
      running -= 1
      if (running === 0) quiet.resolve()
    })
  }
  const begin = ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (!latest.has(socket)) socket.once('close', () => latest.delete(socket))
    latest.set(socket, response)
    if (closing) waitFor(response)
  }
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.prependListener(event, begin)
  return async () => {
    closing = true
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const response of latest.values()) if (!response.closed && !response.writableFinished) waitFor(response)
    if (running === 0) quiet.resolve()
    await atMost(drainMillisecondsMax, Promise.all([quiet.promise, lane?.quiet()]))
    server.closeAllConnections()
    lane?.drop()
    await closed
  }
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, milliseconds)
  await Promise.race([work, late.promise])
  clearTimeout(timer)
}
