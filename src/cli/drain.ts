import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Longer than the gateway's own drain, so that what it says to the last calls still leaves. */
const drainMillisecondsMax = 31_000

/**
 * Knows the answers under way on a server. The function returned takes no new connection, waits for those answers (31 s at most) and
 * then drops whatever stays open: connections kept alive, and heads that never became a request.
 */
export function drainOf(server: Server): () => Promise<void> {
  const running = new Set<ServerResponse>()
  const quiet = Promise.withResolvers<void>()
  let closing = false
  const begin = (_: IncomingMessage, response: ServerResponse) => {
    running.add(response)
    if (closing) response.shouldKeepAlive = false
    response.once('close', () => {
      running.delete(response)
      if (closing && running.size === 0) quiet.resolve()
    })
  }
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.prependListener(event, begin)
  return async () => {
    closing = true
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const response of running) if (!response.headersSent) response.shouldKeepAlive = false
    if (running.size === 0) quiet.resolve()
    const late = setTimeout(quiet.resolve, drainMillisecondsMax)
    await quiet.promise
    clearTimeout(late)
    server.closeAllConnections()
    await closed
  }
}
