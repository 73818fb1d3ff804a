import type { Transaction } from 'kysely'
import type { Access } from '#access'
import type { Clock, Identifiers, Log } from '#base'
import type { Database, Row, Store } from '#storage'
import { artifactKey } from '../artifact-key.js'
import type { RealmKeys } from '../realm-keys.js'
import { createSafePost } from './safe-post.js'
import { signNotice, type Withdrawal } from './sign-notice.js'

export interface NoticesOptions {
  readonly store: Store
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly access: Access
  readonly clock: Clock
  readonly log: Log
  readonly identifiers: Identifiers
  readonly issuer: string
  readonly keys: () => Promise<RealmKeys>
  /** CIDR blocks that may be told although they are not public. */
  readonly eventNetworks: readonly string[]
  /** Milliseconds before each try: after the last it is given up, and the log says so. */
  readonly delaysMilliseconds?: readonly number[]
}

export interface Notices {
  /** In the transaction of the withdrawal itself: from its end on the notice is owed, whatever happens to this process. */
  owe(transaction: Transaction<Database>, withdrawal: Withdrawal): Promise<void>
  /** Tries what is due; resolves once each was tried. */
  send(): Promise<void>
  close(): Promise<void>
}

const usualDelays = [0, 1000, 10_000, 60_000, 600_000]
const lookMilliseconds = 30_000
const dayMilliseconds = 86_400_000
const atOnce = 20
const model = 'Notice'

interface Owed extends Withdrawal {
  readonly jti: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly tried: number
}
type Kept = Pick<Row<'oidc_artifact'>, 'id_hash' | 'payload' | 'consumed_at'>

/** Tells applications that registered an event address, by a signed Security Event Token (RFC 8417, pushed as RFC 8935 says), at least once. */
export function createNotices(options: NoticesOptions): Notices {
  const { store, realm, access, clock, log, identifiers, delaysMilliseconds: delays = usualDelays } = options
  const { db } = store
  const post = createSafePost(options.eventNetworks)
  const uid = artifactKey(JSON.stringify([model, realm]))
  const timers = new Set<NodeJS.Timeout>()
  let running: Promise<unknown> = Promise.resolve()

  /** Whoever moves the next try on has this one: of several nodes, one. `consumed_at` is when the next try is due. */
  const claim = async ({ id_hash, payload, consumed_at }: Kept): Promise<Owed | null> => {
    const owed = JSON.parse(payload) as Owed
    const next = clock() + Math.max(delays[owed.tried + 1] ?? 0, lookMilliseconds)
    const { numUpdatedRows } = await db
      .updateTable('oidc_artifact')
      .set({ payload: JSON.stringify({ ...owed, tried: owed.tried + 1 }), consumed_at: next })
      .where('id_hash', '=', id_hash)
      .where('consumed_at', '=', consumed_at)
      .where('payload', '=', payload)
      .executeTakeFirst()
    return numUpdatedRows === 1n ? owed : null
  }

  const attempt = async (kept: Kept): Promise<void> => {
    const owed = await claim(kept)
    if (owed === null) return
    const url = (await access.fresh(owed.clientId))?.eventUrl
    const status = url == null ? 200 : await deliver(url, owed)
    const delay = delays[owed.tried + 1]
    if (typeof status === 'number' && status >= 200 && status < 300) return forget(kept)
    log.warn('authorization.notice-failed', {
      ...{ url: new URL(url ?? '').origin, status, givenUp: delay === undefined },
    })
    if (delay === undefined) return forget(kept)
    await db
      .updateTable('oidc_artifact')
      .set({ consumed_at: clock() + delay })
      .where('id_hash', '=', kept.id_hash)
      .execute()
    later(delay)
  }
  const deliver = async (url: string, owed: Owed): Promise<number | string> => {
    const body = await signNotice(options, owed)
    return post(url, { type: 'application/secevent+jwt', body }).catch((error: unknown) => String(error))
  }
  const forget = async ({ id_hash }: Kept): Promise<void> => {
    await db.deleteFrom('oidc_artifact').where('id_hash', '=', id_hash).execute()
  }

  const sendDue = async (): Promise<void> => {
    const due = await db
      .selectFrom('oidc_artifact')
      .select(['id_hash', 'payload', 'consumed_at'])
      .where('uid', '=', uid)
      .where('consumed_at', '<=', clock())
      .limit(atOnce)
      .execute()
    await Promise.all(due.map(attempt))
    if (due.length === atOnce) await sendDue()
  }
  const send = (): Promise<void> => {
    const sending = sendDue().catch((error: unknown) => {
      log.warn('authorization.notice', { error: error instanceof Error ? error.message : String(error) })
    })
    running = Promise.all([running, sending])
    return sending
  }
  const later = (milliseconds: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      void send()
    }, milliseconds).unref()
    timers.add(timer)
  }
  // What was owed when a process ended, here or on another node, is found by looking.
  const look = setInterval(send, lookMilliseconds).unref()
  later(Math.min(1000, lookMilliseconds))

  return {
    async owe(transaction, { accountId, clientId }) {
      if (access.record(clientId)?.eventUrl == null) return
      const owed: Owed = { accountId, clientId, jti: identifiers.id('evt'), at: clock(), tried: 0 }
      await transaction
        .insertInto('oidc_artifact')
        .values({
          ...{
            id_hash: artifactKey(owed.jti),
            realm,
            model,
            uid,
            grant_id: null,
            owner: null,
            client_id: clientId,
          },
          ...{ payload: JSON.stringify(owed), expires_at: owed.at + dayMilliseconds, consumed_at: owed.at },
        })
        .execute()
    },
    send,
    async close() {
      clearInterval(look)
      for (const timer of timers) clearTimeout(timer)
      await running
    },
  }
}
