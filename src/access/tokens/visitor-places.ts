import { createHmac } from 'node:crypto'
import type { Transaction } from 'kysely'
import { addressKey, type Clock, type Identifiers, networkKey } from '#base'
import { countInWindow, type Database, fullForSeconds, keptSecret, type Store, type Vault } from '#storage'
import type { NoPlace, Visit, VisitorLimit } from './api-tokens.js'

/** In a day: what one address takes, what the network around it, and what a platform gives in all (decision 18). */
const limitsFor = (network: string): Readonly<Record<VisitorLimit, number>> => ({
  ...{ address: 5, network: network.endsWith('::/48') ? 20 : 40, platform: 200 },
})

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly identifiers: Identifiers
  readonly clock: Clock
}

/** From the narrowest to the widest, in every transaction: two never wait for each other. */
const nets = ['address', 'network', 'platform'] as const satisfies readonly VisitorLimit[]
const model = 'VisitorTokens'
const windowMilliseconds = 86_400_000
const secretName = 'visitor-address-key'

/** Others came first: what was counted in this transaction is undone. */
export class TooManyVisitors extends Error {
  readonly met: Omit<NoPlace, 'retryAfterSeconds'>

  constructor(met: TooManyVisitors['met']) {
    super('too many visitors at once')
    this.met = met
  }
}

/** The places that visitors have in a day, counted in the store for all nodes; who finds none writes nothing, so that a flood is no flood of writes. */
export function createVisitorPlaces({ store, vault, identifiers, clock }: Needs) {
  const make = () => identifiers.secret()
  // Addresses can be guessed, so their marks need a key.
  const marksOf = async ({ platform, address }: Visit) => {
    const key = await keptSecret({ store, vault, name: secretName, now: clock(), make })
    const mark = (of: VisitorLimit, value: string) =>
      createHmac('sha256', Buffer.from(key, 'base64url'))
        .update(JSON.stringify([model, of, value]))
        .digest('base64url')
    const network = networkKey(address)
    const marks: Readonly<Record<VisitorLimit, string>> = {
      address: mark('address', addressKey(address)),
      network: mark('network', network),
      platform: mark('platform', platform),
    }
    return { marks, limits: limitsFor(network) }
  }

  return {
    /** The limit that holds longest; null: there is a place. */
    async none(visit: Visit): Promise<NoPlace | null> {
      const { marks, limits } = await marksOf(visit)
      const now = clock()
      let longest: NoPlace | null = null
      for (const of of nets) {
        const limit = limits[of]
        const retryAfterSeconds = await fullForSeconds(store, { mark: marks[of], limit, now })
        if (retryAfterSeconds > (longest?.retryAfterSeconds ?? 0)) longest = { of, limit, retryAfterSeconds }
      }
      return longest
    },
    /** Takes a place in a transaction, or throws `TooManyVisitors`. `last`: the platform has given all of its day. */
    async taker(
      visit: Visit,
    ): Promise<(transaction: Transaction<Database>, now: number) => Promise<{ last: boolean }>> {
      const { marks, limits } = await marksOf(visit)
      const window = { model, realm: visit.platform, windowMilliseconds }
      return async (transaction, now) => {
        let taken = 0
        for (const of of nets) {
          taken = await countInWindow(transaction, { ...window, now, mark: marks[of] })
          if (taken > limits[of]) throw new TooManyVisitors({ of, limit: limits[of] })
        }
        return { last: taken === limits.platform }
      }
    },
  }
}
