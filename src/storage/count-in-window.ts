import type { Transaction } from 'kysely'
import type { Store } from './store.js'
import type { Database } from './tables.js'

export interface Counted {
  /** What is counted, and for whom: a keyed hash where that could be guessed. */
  readonly mark: string
  /** Which rule counts. */
  readonly model: string
  readonly realm: string
  readonly now: number
  readonly windowMilliseconds: number
}

/**
 * One more in a window that begins with the first; how many there are with it. Kept in the store, so that nodes and restarts count together, and
 * purged like all that has expired. Rolled back with its transaction: whoever comes one too many throws, and leaves no trace.
 */
export async function countInWindow(
  transaction: Transaction<Database>,
  { mark, model, realm, now, windowMilliseconds }: Counted,
): Promise<number> {
  const ends = now + windowMilliseconds
  const { consumed_at } = await transaction
    .insertInto('oidc_artifact')
    .values({
      ...{ id_hash: mark, realm, model, grant_id: null, uid: null, owner: null, client_id: null, payload: '{}' },
      ...{ expires_at: ends, consumed_at: 1 },
    })
    .onConflict((conflict) =>
      conflict.column('id_hash').doUpdateSet((eb) => ({
        consumed_at: eb
          .case()
          .when('oidc_artifact.expires_at', '<=', now)
          .then(eb.val(1))
          .else(eb('oidc_artifact.consumed_at', '+', 1))
          .end(),
        expires_at: eb
          .case()
          .when('oidc_artifact.expires_at', '<=', now)
          .then(eb.val(ends))
          .else(eb.ref('oidc_artifact.expires_at'))
          .end(),
      })),
    )
    .returning('consumed_at')
    .executeTakeFirstOrThrow()
  return consumed_at ?? 0
}

export interface WindowLimit {
  readonly mark: string
  readonly limit: number
  readonly now: number
}

/** Whole seconds until a window that is full ends; 0: there is room. */
export async function fullForSeconds({ db }: Pick<Store, 'db'>, { mark, limit, now }: WindowLimit): Promise<number> {
  const row = await db
    .selectFrom('oidc_artifact')
    .select(['consumed_at', 'expires_at'])
    .where('id_hash', '=', mark)
    .executeTakeFirst()
  const left = (row?.expires_at ?? 0) - now
  return left > 0 && (row?.consumed_at ?? 0) >= limit ? Math.max(1, Math.ceil(left / 1000)) : 0
}
