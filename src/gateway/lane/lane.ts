import type { Socket } from 'node:net'
import type { Incoming } from '../incoming.js'
import type { Reply } from '../reply.js'
import { LaneConnection, type LaneConnectionNeeds } from './lane-connection.js'

export interface LaneOptions {
  /** Answers a plain call; false: it is not for the lane. */
  readonly serve: (request: Incoming, response: Reply) => boolean
  /** Takes a connection for good. */
  readonly handOver: (socket: Socket) => void
  /** Refuses a connection on which no request came in time. */
  readonly late: (socket: Socket) => void
  readonly headersMilliseconds: number
  readonly silenceMilliseconds: number
}

/** Serves calls that are plain GET or HEAD at a fraction of node:http's price, and leaves every other connection to it. */
export interface Lane {
  take(socket: Socket): void
  /** From now on each answer is the last one of its connection; resolves when none is under way. */
  quiet(): Promise<void>
  /** Closes what is left. */
  drop(): void
}

export function createLane(options: LaneOptions): Lane {
  const connections = new Set<LaneConnection>()
  const silent = Promise.withResolvers<void>()
  let closing = false
  let running = 0
  const over = () => {
    running -= 1
    if (closing && running === 0) silent.resolve()
  }
  const needs: LaneConnectionNeeds = {
    handOver: options.handOver,
    closing: () => closing,
    serve(request, response) {
      running += 1
      const served = options.serve(request, response)
      if (!served) over()
      return served
    },
    over,
    left: (connection) => void connections.delete(connection),
  }
  const look = () => {
    refuseLate(connections, options)
    const now = performance.now()
    for (const connection of [...connections]) connection.closeIfSilent(now, options.silenceMilliseconds)
  }
  const watch = setInterval(look, Math.min(watchMilliseconds, options.silenceMilliseconds / 2)).unref()
  return {
    take: (socket) => {
      if (!socket.destroyed) connections.add(new LaneConnection(socket, needs))
    },
    quiet() {
      closing = true
      if (running === 0) silent.resolve()
      return silent.promise
    },
    drop() {
      clearInterval(watch)
      for (const { socket } of [...connections]) socket.destroy()
    },
  }
}

const watchMilliseconds = 1_000

/** A connection that is opened and says nothing holds a place like any other. */
function refuseLate(connections: ReadonlySet<LaneConnection>, { headersMilliseconds, late }: LaneOptions): void {
  const oldest = performance.now() - headersMilliseconds
  for (const connection of connections) {
    if (connection.openedAt > oldest) break
    if (!connection.fresh) continue
    connection.release()
    late(connection.socket)
  }
}
