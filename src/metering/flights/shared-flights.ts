import { randomUUID } from 'node:crypto'
import type { MarkFlight } from '#gateway'
import { scriptOf, type Valkey } from '../valkey/valkey.js'
import type { ValkeyLink } from '../valkey/valkey-link.js'

export interface SharedFlightsOptions {
  readonly link: ValkeyLink
  /** Keyed hash: what a call asks for names persons, and stays in the process. */
  readonly digest: (text: string) => string
  readonly keyPrefix?: string
}

/** Calls under way, where all nodes meet. While the server is gone each node stands alone and no call waits; a mark whose node dies goes after a minute. */
export function createSharedFlights({
  link,
  digest,
  keyPrefix = 'portique:flight:',
}: SharedFlightsOptions): MarkFlight {
  return async (key) => {
    if (!link.reachable()) return unmarked
    const name = keyPrefix + digest(`flight ${key}`)
    const own = randomUUID()
    const answer = await link.ask((valkey) =>
      valkey.send(['SET', name, own, 'NX', 'PX', flightMilliseconds]).then((reply) => reply === 'OK'),
    )
    if (answer === false) return null
    const end = (valkey: Valkey) => valkey.run(endOwn, [name], [own])
    return async () => {
      // One that was answered too late may be set even so.
      if ((await link.ask(end)) === undefined) link.tell(end)
    }
  }
}

const unmarked = async () => {}
const flightMilliseconds = '60000'
/** A call that went on for too long must not end the mark of the one that took its place. */
const endOwn = scriptOf(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`)
