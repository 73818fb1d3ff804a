import { connectValkey, type Valkey } from './valkey.js'

/** A line to the server where all nodes meet, on which no call waits once it is known to be gone. */
export interface ValkeyLink {
  readonly reachable: () => boolean
  /** What the server answers, in time; undefined: it is gone or late, and each node stands alone. */
  ask<T>(work: (valkey: Valkey) => Promise<T>): Promise<T | undefined>
  /** Sent without waiting; lost when the server is gone. */
  tell(work: (valkey: Valkey) => Promise<unknown>): void
  close(): void
}

export interface ValkeyLinkOptions {
  readonly url: string
  /** What the server may add to a call. */
  readonly budgetMilliseconds: number
  /** What shows that the server does its work, beyond a ping; tried until it does. */
  readonly probe: (valkey: Valkey) => Promise<unknown>
  /** The server is gone; told once, until it is back. */
  readonly lost: () => void
  readonly regained: () => void
}

const probeMilliseconds = 250
/** A connection whose probes were not answered this often in a row is given up for a new one. */
const silentProbesMax = 8

export function createValkeyLink({ url, budgetMilliseconds, probe, lost, regained }: ValkeyLinkOptions): ValkeyLink {
  let valkey = connectValkey(url)
  let reachable = false
  let alarmed = false
  let failures = 0
  let met = false
  let silentProbes = 0
  let closed = false
  const prober = setInterval(tryAgain, probeMilliseconds).unref()
  tryAgain()

  function lose(): void {
    reachable = false
    failures += 1
    // The first probes are sent before the connection can stand: that is no news.
    if (alarmed || (!met && failures < silentProbesMax)) return
    alarmed = true
    lost()
  }

  function tryAgain(): void {
    if (reachable) return
    inTime(probe(valkey), budgetMilliseconds).then(regain, () => {
      lose()
      silentProbes += 1
      if (silentProbes < silentProbesMax || closed) return
      silentProbes = 0
      valkey.close()
      valkey = connectValkey(url)
    })
  }

  function regain(): void {
    reachable = true
    met = true
    silentProbes = 0
    if (alarmed) regained()
    alarmed = false
  }

  return {
    reachable: () => reachable,
    async ask(work) {
      if (!reachable) return undefined
      try {
        return await inTime(work(valkey), budgetMilliseconds)
      } catch {
        lose()
        return undefined
      }
    },
    tell(work) {
      work(valkey).catch(() => {})
    },
    close() {
      closed = true
      clearInterval(prober)
      reachable = false
      valkey.close()
    },
  }
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('the server did not answer in time')), milliseconds)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
