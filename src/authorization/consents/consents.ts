import type { Clock } from '#base'
import type { Row, Store } from '#storage'
import { artifactKey } from '../artifact-key.js'
import { revokeGrants } from './revoke-grants.js'

/** What a person allowed an application to see; times are milliseconds since the epoch. */
export interface Consent {
  readonly accountId: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly since: number
  readonly lastUsedAt: number | null
}

export interface Consents {
  find(accountId: string, clientId: string): Promise<Consent | undefined>
  /** Adds scopes to what was allowed before. */
  remember(consent: Pick<Consent, 'accountId' | 'clientId' | 'scopes'>): Promise<void>
  /** Notes that tokens were handed out on the ground of it. */
  used(accountId: string, clientId: string): Promise<void>
  ofAccount(accountId: string): Promise<readonly Consent[]>
  /** Ends it with every grant, code and token given to the application by this person. False: there was none. */
  withdraw(accountId: string, clientId: string): Promise<boolean>
}

interface Options {
  readonly store: Store
  readonly clock: Clock
  /** `<platform>/<realm>` */
  readonly realm: string
}

const model = 'Consent'

/** Consents of a realm, beside what the library keeps: they outlive sessions and tokens, until they are withdrawn. */
export function createConsents({ store, clock, realm }: Options): Consents {
  const { db } = store
  const idOf = (accountId: string, clientId: string) => artifactKey(JSON.stringify([model, realm, accountId, clientId]))

  const find: Consents['find'] = async (accountId, clientId) => {
    const row = await db
      .selectFrom('oidc_artifact')
      .selectAll()
      .where('id_hash', '=', idOf(accountId, clientId))
      .executeTakeFirst()
    return row === undefined ? undefined : toConsent(row)
  }

  const write = async (consent: Consent) => {
    const { accountId, clientId } = consent
    const change = { payload: JSON.stringify(consent) }
    await db
      .insertInto('oidc_artifact')
      .values({
        id_hash: idOf(accountId, clientId),
        realm,
        model,
        grant_id: null,
        uid: artifactKey(accountId),
        user_code: null,
        client_id: clientId,
        expires_at: null,
        consumed_at: null,
        ...change,
      })
      .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(change))
      .execute()
  }

  return {
    find,
    async remember({ accountId, clientId, scopes }) {
      const before = await find(accountId, clientId)
      const all = [...new Set([...(before?.scopes ?? []), ...scopes])]
      const { since = clock(), lastUsedAt = null } = before ?? {}
      await write({ accountId, clientId, scopes: all, since, lastUsedAt })
    },
    async used(accountId, clientId) {
      const before = await find(accountId, clientId)
      if (before === undefined) return
      // An update only: what was withdrawn meanwhile stays so.
      await db
        .updateTable('oidc_artifact')
        .set({ payload: JSON.stringify({ ...before, lastUsedAt: clock() }) })
        .where('id_hash', '=', idOf(accountId, clientId))
        .execute()
    },
    async ofAccount(accountId) {
      const rows = await db
        .selectFrom('oidc_artifact')
        .selectAll()
        .where('uid', '=', artifactKey(accountId))
        .where('realm', '=', realm)
        .where('model', '=', model)
        .execute()
      return rows.map(toConsent).sort((a, b) => b.since - a.since)
    },
    withdraw: (accountId, clientId) =>
      store.transaction(async (transaction) => {
        const grants = await transaction
          .selectFrom('oidc_artifact')
          .select('grant_id')
          .where('uid', '=', artifactKey(accountId))
          .where('realm', '=', realm)
          .where('model', '=', 'Grant')
          .where('client_id', '=', clientId)
          .execute()
        const { numDeletedRows } = await transaction
          .deleteFrom('oidc_artifact')
          .where('id_hash', '=', idOf(accountId, clientId))
          .executeTakeFirst()
        await revokeGrants(store, transaction, { realm, grantIds: grants.flatMap((each) => each.grant_id ?? []) })
        return numDeletedRows > 0n || grants.length > 0
      }),
  }
}

const toConsent = (row: Pick<Row<'oidc_artifact'>, 'payload'>) => JSON.parse(row.payload) as Consent
