import { createHash } from 'node:crypto'
import { createClient } from '@redis/client'

/** The server where all nodes meet; every method rejects when it is gone. */
export interface Valkey {
  send(words: readonly string[]): Promise<unknown>
  /** Runs a script in one step. */
  run(script: Script, keys: readonly string[], values: readonly string[]): Promise<unknown>
  close(): void
}

export interface Script {
  readonly text: string
  readonly digest: string
}

/** A script in Lua, as the server knows it. */
export const scriptOf = (text: string): Script => ({ text, digest: createHash('sha1').update(text).digest('hex') })

/** Connects by itself, again and again; commands are never queued for a connection that is not there. `url`: `redis://…` or `valkey://…`. */
export function connectValkey(url: string): Valkey {
  const client = createClient({
    url: url.replace(/^valkey/, 'redis'),
    disableOfflineQueue: true,
    socket: { connectTimeout: 1000, reconnectStrategy: (tries) => Math.min(1000, 50 * 2 ** Math.min(tries, 5)) },
  })
  // Failures show in the commands that they break; unheard, this event would end the process.
  client.on('error', () => {})
  client.connect().catch(() => {})
  return {
    send: (words) => client.sendCommand(words),
    run({ text, digest }, keys, values) {
      const rest = [String(keys.length), ...keys, ...values]
      return client
        .sendCommand(['EVALSHA', digest, ...rest])
        .catch((error: unknown) => retryWithText(error, () => client.sendCommand(['EVAL', text, ...rest])))
    },
    close: () => client.destroy(),
  }
}

/** The server forgets scripts when it restarts or is emptied; nothing was decided then. */
function retryWithText<T>(error: unknown, retry: () => T): T {
  if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return retry()
  throw error
}
