import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'

export interface Turns {
  /** Requests that may wait at once; one more is refused. */
  readonly waitingMax: number
  readonly refuse: (response: ServerResponse) => void
}

/**
 * Begins answers one after another, other work of the process in between: a page costs a hundred times what a call costs, and must not hold
 * calls up. Nothing is made for whoever has left meanwhile. How fast an answer is read holds nobody up.
 */
export function inTurn(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  { waitingMax, refuse }: Turns,
): (request: IncomingMessage, response: ServerResponse) => void {
  const waiting: (readonly [IncomingMessage, ServerResponse])[] = []
  let busy = false

  async function work(): Promise<void> {
    busy = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [request, response] = next
      if (request.socket.destroyed) continue
      answer(request, response)
      await setImmediate()
    }
    busy = false
  }

  return (request, response) => {
    if (waiting.length >= waitingMax) return refuse(response)
    waiting.push([request, response])
    if (!busy) void work()
  }
}
