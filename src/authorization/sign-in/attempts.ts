import { createHmac } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Clock } from '#base'
import { countInWindow, type Database, fullForSeconds, type Store } from '#storage'

export interface Attempt {
  /** What was typed as user name, normalized. */
  readonly account: string
  readonly address: string
}

export type Begun =
  | { readonly kind: 'wait'; readonly retryAfterSeconds: number }
  /** `last`: should it fail too, the account waits. */
  | { readonly kind: 'go'; readonly last: boolean }

export interface Attempts {
  /** Counts it as failed before it is weighed, so that parallel guesses do not slip through. */
  begin(attempt: Attempt): Promise<Begun>
  /** Takes it back; the account begins anew. */
  succeeded(attempt: Attempt): Promise<void>
}

interface Options {
  readonly store: Store
  readonly clock: Clock
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly key: string
}

const model = 'Attempts'
const windowMilliseconds = 15 * 60_000
const limits = { account: 5, address: 50 } as const

/** Others came first: what was counted in this transaction is undone. */
const tooMany = new Error('too many attempts at once')

/** Sign-ins that failed, counted in the store for all nodes; who waits writes nothing, so that a flood is no flood of writes. */
export function createAttempts({ store, clock, realm, key }: Options): Attempts {
  // Addresses and user names can be guessed, so their marks need a key.
  const markOf = (kind: keyof typeof limits, value: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([model, realm, kind, value]))
      .digest('base64url')

  const waitOf = (kind: keyof typeof limits, mark: string) =>
    fullForSeconds(store, { mark, limit: limits[kind], now: clock() })
  const count = (transaction: Transaction<Database>, mark: string) =>
    countInWindow(transaction, { mark, model, realm, now: clock(), windowMilliseconds })

  return {
    async begin({ account, address }) {
      const marks = { account: markOf('account', account), address: markOf('address', address) }
      const wait = async (): Promise<Begun | null> => {
        const seconds = Math.max(await waitOf('account', marks.account), await waitOf('address', marks.address))
        return seconds > 0 ? { kind: 'wait', retryAfterSeconds: seconds } : null
      }
      const waiting = await wait()
      if (waiting !== null) return waiting
      const counted = await store
        .transaction(async (transaction): Promise<Begun> => {
          const failed = await count(transaction, marks.account)
          const fromThere = await count(transaction, marks.address)
          if (failed > limits.account || fromThere > limits.address) throw tooMany
          return { kind: 'go', last: failed === limits.account }
        })
        .catch((error: unknown) => {
          if (error !== tooMany) throw error
          return null
        })
      return counted ?? (await wait()) ?? { kind: 'wait', retryAfterSeconds: 1 }
    },
    succeeded: ({ account, address }) =>
      store.transaction(async (transaction) => {
        await transaction.deleteFrom('oidc_artifact').where('id_hash', '=', markOf('account', account)).execute()
        await transaction
          .updateTable('oidc_artifact')
          .set((eb) => ({ consumed_at: eb('consumed_at', '-', 1) }))
          .where('id_hash', '=', markOf('address', address))
          .where('consumed_at', '>', 0)
          .execute()
      }),
  }
}
