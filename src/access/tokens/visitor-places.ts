import { createHmac } from 'node:crypto'
import type { Transaction } from 'kysely'
import { addressKey, type Clock, type Identifiers } from '#base'
import { countInWindow, type Database, fullForSeconds, keptSecret, type Store, type Vault } from '#storage'
import type { NoPlace, Visit, VisitorLimit } from './api-tokens.js'

/** In a day: what one address takes, and what a platform gives in all (decision 18). */
export const visitorLimits = { address: 5, platform: 200 } as const satisfies Record<VisitorLimit, number>

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly identifiers: Identifiers
  readonly clock: Clock
}

const model = 'VisitorTokens'
const windowMilliseconds = 86_400_000
const secretName = 'visitor-address-key'

/** Others came first: what was counted in this transaction is undone. */
export const tooManyVisitors = new Error('too many visitors at once')

/** The places that visitors have in a day, counted in the store for all nodes; who finds none writes nothing, so that a flood is no flood of writes. */
export function createVisitorPlaces({ store, vault, identifiers, clock }: Needs) {
  const make = () => identifiers.secret()
  // Addresses can be guessed, so their marks need a key.
  const marksOf = async ({ platform, address }: Visit): Promise<Readonly<Record<VisitorLimit, string>>> => {
    const key = await keptSecret({ store, vault, name: secretName, now: clock(), make })
    const mark = (of: VisitorLimit, value: string) =>
      createHmac('sha256', Buffer.from(key, 'base64url'))
        .update(JSON.stringify([model, of, value]))
        .digest('base64url')
    return { address: mark('address', addressKey(address)), platform: mark('platform', platform) }
  }

  return {
    /** The limit that holds longest; null: there is a place. */
    async none(visit: Visit): Promise<NoPlace | null> {
      const marks = await marksOf(visit)
      const now = clock()
      const waitOf = async (of: VisitorLimit): Promise<NoPlace> => {
        const limit = visitorLimits[of]
        return { of, retryAfterSeconds: await fullForSeconds(store, { mark: marks[of], limit, now }) }
      }
      const [own, all] = [await waitOf('address'), await waitOf('platform')]
      const longest = all.retryAfterSeconds > own.retryAfterSeconds ? all : own
      return longest.retryAfterSeconds === 0 ? null : longest
    },
    /** Takes a place in a transaction, or throws `tooManyVisitors`. `last`: the platform has given all of its day. */
    async taker(
      visit: Visit,
    ): Promise<(transaction: Transaction<Database>, now: number) => Promise<{ last: boolean }>> {
      const marks = await marksOf(visit)
      const window = { model, realm: visit.platform, windowMilliseconds }
      return async (transaction, now) => {
        const fromThere = await countInWindow(transaction, { ...window, now, mark: marks.address })
        if (fromThere > visitorLimits.address) throw tooManyVisitors
        // After the address's own row, in every transaction: two never wait for each other.
        const inAll = await countInWindow(transaction, { ...window, now, mark: marks.platform })
        if (inAll > visitorLimits.platform) throw tooManyVisitors
        return { last: inAll === visitorLimits.platform }
      }
    },
  }
}
