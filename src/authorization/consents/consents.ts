import type { Kysely, Transaction } from 'kysely'
import type { Clock } from '#base'
import type { Database, Row, Store } from '#storage'
import { artifactKey } from '../artifact-key.js'
import type { SignInAudit } from '../sign-in/audit.js'
import { consentKey, consentModel as model } from './consent-key.js'
import type { LastUse } from './last-use.js'
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
  /** Adds scopes to what was allowed before; `asked: false`: not by the person, but by who decides for the realm. */
  remember(consent: Pick<Consent, 'accountId' | 'clientId' | 'scopes'> & { readonly asked?: boolean }): Promise<void>
  ofAccount(accountId: string): Promise<readonly Consent[]>
  /** Ends it with every grant, code and token given to the application by this person. False: there was none. */
  withdraw(accountId: string, clientId: string): Promise<boolean>
}

interface Options {
  readonly store: Store
  readonly clock: Clock
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly lastUse: LastUse
  readonly audit: SignInAudit
  /** Runs in the transaction of a withdrawal; absent: nobody is told. */
  readonly onWithdrawn?: (
    transaction: Transaction<Database>,
    consent: Pick<Consent, 'accountId' | 'clientId'>,
  ) => Promise<void>
}

/** Consents of a realm, beside what the library keeps: they outlive sessions and tokens, until they are withdrawn. */
export function createConsents({ store, clock, realm, lastUse, audit, onWithdrawn }: Options): Consents {
  const { db } = store
  const idOf = (accountId: string, clientId: string) => consentKey(realm, accountId, clientId)

  const read = async (from: Kysely<Database>, accountId: string, clientId: string) => {
    const row = await from
      .selectFrom('oidc_artifact')
      .selectAll()
      .where('id_hash', '=', idOf(accountId, clientId))
      .executeTakeFirst()
    return row === undefined ? undefined : toConsent(row)
  }

  const write = async (transaction: Transaction<Database>, { lastUsedAt: _, ...consent }: Consent) => {
    const { accountId, clientId } = consent
    const change = { payload: JSON.stringify(consent) }
    await transaction
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
    find: (accountId, clientId) => read(db, accountId, clientId),
    remember: ({ accountId, clientId, scopes, asked = true }) =>
      store.transaction(async (transaction) => {
        const before = await read(transaction, accountId, clientId)
        const all = [...new Set([...(before?.scopes ?? []), ...scopes])]
        const { since = clock() } = before ?? {}
        await write(transaction, { accountId, clientId, scopes: all, since, lastUsedAt: null })
        const detail = asked ? { scopes } : { scopes, decided: 'by the realm' }
        await audit.note({ action: 'consented', who: { sub: accountId }, clientId, detail }, transaction)
      }),
    async ofAccount(accountId) {
      await lastUse.flush()
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
        const ended = numDeletedRows > 0n || grants.length > 0
        if (ended) {
          await audit.note({ action: 'withdrew', who: { sub: accountId }, clientId }, transaction)
          await onWithdrawn?.(transaction, { accountId, clientId })
        }
        return ended
      }),
  }
}

/** What a consent was last used is written on its own, so that neither write undoes the other. */
const toConsent = ({ payload, consumed_at }: Pick<Row<'oidc_artifact'>, 'payload' | 'consumed_at'>): Consent => ({
  ...(JSON.parse(payload) as Omit<Consent, 'lastUsedAt'>),
  lastUsedAt: consumed_at,
})
