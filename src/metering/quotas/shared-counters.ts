import { createHash } from 'node:crypto'
import { createClient } from '@redis/client'
import { sharedScript } from './shared-script.js'

/** The counters that all nodes share; every method rejects when they are gone. */
export interface SharedCounters {
  /** Runs the script: three numbers a key. */
  decide(keys: readonly string[], values: readonly string[]): Promise<readonly number[]>
  close(): void
}

const digest = createHash('sha1').update(sharedScript).digest('hex')

/** Connects by itself, again and again; commands are never queued for a connection that is not there. */
export function connectSharedCounters(url: string): SharedCounters {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1000, reconnectStrategy: (tries) => Math.min(1000, 50 * 2 ** Math.min(tries, 5)) },
  })
  // Failures show in the commands that they break; unheard, this event would end the process.
  client.on('error', () => {})
  client.connect().catch(() => {})
  return {
    async decide(keys, values) {
      const rest = [String(keys.length), ...keys, ...values]
      const reply: unknown = await client
        .sendCommand(['EVALSHA', digest, ...rest])
        .catch((error: unknown) => retryWithText(error, () => client.sendCommand(['EVAL', sharedScript, ...rest])))
      return numbersOf(reply, keys.length * 3)
    },
    close: () => client.destroy(),
  }
}

/** The server forgets scripts when it restarts or is emptied; nothing was decided then. */
function retryWithText<T>(error: unknown, retry: () => T): T {
  if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return retry()
  throw error
}

function numbersOf(reply: unknown, length: number): readonly number[] {
  if (Array.isArray(reply) && reply.length === length && reply.every((each) => typeof each === 'number')) return reply
  throw new TypeError('the shared counters gave an answer that is no list of numbers')
}
