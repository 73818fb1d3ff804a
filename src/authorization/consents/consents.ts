import type { Transaction } from 'kysely'
import type { Clock } from '#base'
import type { Database, Row, Store } from '#storage'
import { artifactKey } from '../artifact-key.js'
import type { SignInAudit } from '../sign-in/audit.js'
import { consentKey, consentModel as model } from './consent-key.js'
import type { GivenGrants } from './given-grants.js'
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

/** Who allows, and whom. */
export type Parties = Pick<Consent, 'accountId' | 'clientId'>

export interface Consents {
  find(accountId: string, clientId: string): Promise<Consent | undefined>
  /** What the person allowed the application, which stays so until the transaction ends. */
  hold(transaction: Transaction<Database>, consent: Parties): Promise<readonly string[]>
  /** Adds scopes to what was allowed before; `asked: false`: not by the person, but by who decides for the realm. */
  remember(
    transaction: Transaction<Database>,
    consent: Pick<Consent, 'accountId' | 'clientId' | 'scopes'> & { readonly asked?: boolean },
  ): Promise<void>
  ofAccount(accountId: string): Promise<readonly Consent[]>
  /** Forgets every consent of a person, in the caller's transaction. */
  forget(transaction: Transaction<Database>, accountId: string): Promise<void>
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
  readonly grants: GivenGrants
  /** Runs in the transaction of a withdrawal; absent: nobody is told. */
  readonly onWithdrawn?: (transaction: Transaction<Database>, consent: Parties) => Promise<void>
}

/** Consents of a realm, beside what the library keeps: they outlive sessions and tokens, until they are withdrawn. */
export function createConsents({ store, clock, realm, lastUse, audit, grants, onWithdrawn }: Options): Consents {
  const { db } = store
  const idOf = (accountId: string, clientId: string) => consentKey(realm, accountId, clientId)

  /** Holds it, beginning with nothing allowed where there was none: of two that begin, the second finds the first's. */
  const holdOrBegin = async (
    transaction: Transaction<Database>,
    { accountId, clientId }: Parties,
  ): Promise<Consent> => {
    const row = await transaction
      .insertInto('oidc_artifact')
      .values({
        id_hash: idOf(accountId, clientId),
        realm,
        model,
        grant_id: null,
        uid: artifactKey(accountId),
        owner: null,
        client_id: clientId,
        payload: toPayload({ accountId, clientId, scopes: [], since: clock(), lastUsedAt: null }),
        expires_at: null,
        consumed_at: null,
      })
      .onConflict((conflict) => conflict.column('id_hash').doUpdateSet({ client_id: clientId }))
      .returningAll()
      .executeTakeFirstOrThrow()
    return toConsent(row)
  }

  return {
    async find(accountId, clientId) {
      const row = await db
        .selectFrom('oidc_artifact')
        .selectAll()
        .where('id_hash', '=', idOf(accountId, clientId))
        .executeTakeFirst()
      return row === undefined ? undefined : toConsent(row)
    },
    async hold(transaction, { accountId, clientId }) {
      // An update that changes nothing holds the row on both stores until the transaction ends.
      const row = await transaction
        .updateTable('oidc_artifact')
        .set({ client_id: clientId })
        .where('id_hash', '=', idOf(accountId, clientId))
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? [] : toConsent(row).scopes
    },
    async remember(transaction, { accountId, clientId, scopes, asked = true }) {
      const before = await holdOrBegin(transaction, { accountId, clientId })
      const all = [...new Set([...before.scopes, ...scopes])]
      await transaction
        .updateTable('oidc_artifact')
        .set({ payload: toPayload({ ...before, scopes: all }) })
        .where('id_hash', '=', idOf(accountId, clientId))
        .execute()
      const detail = asked ? { scopes } : { scopes, decided: 'by the realm' }
      await audit.note({ action: 'consented', who: { sub: accountId }, clientId, detail }, transaction)
    },
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
    async forget(transaction, accountId) {
      await transaction
        .deleteFrom('oidc_artifact')
        .where('uid', '=', artifactKey(accountId))
        .where('realm', '=', realm)
        .where('model', '=', model)
        .execute()
    },
    withdraw: (accountId, clientId) =>
      store.transaction(async (transaction) => {
        // First the consent: whoever holds it is waited for, and what was given meanwhile is found.
        const { numDeletedRows } = await transaction
          .deleteFrom('oidc_artifact')
          .where('id_hash', '=', idOf(accountId, clientId))
          .executeTakeFirst()
        const grantIds = await grants.ofPerson(transaction, accountId, clientId)
        await revokeGrants(store, transaction, { realm, grantIds })
        const ended = numDeletedRows > 0n || grantIds.length > 0
        if (ended) {
          await audit.note({ action: 'withdrew', who: { sub: accountId }, clientId }, transaction)
          await onWithdrawn?.(transaction, { accountId, clientId })
        }
        return ended
      }),
  }
}

const toPayload = ({ lastUsedAt: _, ...consent }: Consent): string => JSON.stringify(consent)

/** What a consent was last used is written on its own, so that neither write undoes the other. */
const toConsent = ({ payload, consumed_at }: Pick<Row<'oidc_artifact'>, 'payload' | 'consumed_at'>): Consent => ({
  ...(JSON.parse(payload) as Omit<Consent, 'lastUsedAt'>),
  lastUsedAt: consumed_at,
})
