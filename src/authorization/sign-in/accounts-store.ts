import type { Transaction } from 'kysely'
import type { JsonObject } from '#contract'
import type { Database, Row, Store, Vault } from '#storage'
import { artifactKey } from '../artifact-key.js'

/** Somebody whom the realm knows from a sign-in elsewhere or by a password. */
export interface Account {
  readonly sub: string
  readonly name: string
  readonly claims: JsonObject
  /** The user name, where a password goes with it. */
  readonly identifier?: string
  /** Hash of the password (`password-hash.ts`); absent: signs in elsewhere. */
  readonly password?: string
  /** The ID token of their last sign-in elsewhere, to sign them out there too. */
  readonly upstreamIdToken?: string
}

/** An account as the store has it. */
export interface KeptAccount extends Account {
  /** Since when nobody signs in by it, in milliseconds since the epoch; null: it is in use. */
  readonly disabledAt: number | null
}

export interface AccountsStore {
  find(sub: string): Promise<KeptAccount | undefined>
  /** `key`: what the person is known by at sign-in: a user name, or an upstream's issuer and subject. */
  findByKey(key: string): Promise<KeptAccount | undefined>
  /** By subject. */
  all(): Promise<readonly KeptAccount[]>
  /** Writes it anew. False: the key is somebody else's. */
  save(account: Account, key: string): Promise<boolean>
  /** In the caller's transaction; of the members only those given. False: there is none. */
  change(transaction: Transaction<Database>, account: KeptAccount): Promise<boolean>
  remove(transaction: Transaction<Database>, sub: string): Promise<boolean>
}

const model = 'Account'
const columns = ['id_hash', 'payload', 'consumed_at'] as const
type KeptRow = Pick<Row<'oidc_artifact'>, (typeof columns)[number]>

/** Accounts of a realm, sealed; who they are stands in no column. */
export function createAccountsStore({
  store,
  vault,
  realm,
}: {
  store: Store
  vault: Vault
  realm: string
}): AccountsStore {
  const { db } = store
  const idOf = (sub: string) => artifactKey(JSON.stringify([model, realm, sub]))
  const uidOf = (key: string) => artifactKey(JSON.stringify([model, realm, 'key', key]))
  const contextOf = (idHash: string) => `account:${realm}:${idHash}`

  const read = async (column: 'id_hash' | 'uid', value: string): Promise<KeptAccount | undefined> => {
    const row = await db
      .selectFrom('oidc_artifact')
      .select(columns)
      .where(column, '=', value)
      .where('realm', '=', realm)
      .where('model', '=', model)
      .executeTakeFirst()
    return row && toAccount(row)
  }
  const toAccount = ({ id_hash, payload, consumed_at }: KeptRow): KeptAccount => ({
    ...(JSON.parse(vault.open(payload, contextOf(id_hash))) as Account),
    disabledAt: consumed_at,
  })
  const payloadOf = ({ disabledAt: _, ...account }: Account & Partial<KeptAccount>) =>
    vault.seal(JSON.stringify(account), contextOf(idOf(account.sub)))

  return {
    find: (sub) => read('id_hash', idOf(sub)),
    findByKey: (key) => read('uid', uidOf(key)),
    async all() {
      const all = db.selectFrom('oidc_artifact').select(columns).where('realm', '=', realm).where('model', '=', model)
      return (await all.execute()).map(toAccount).sort((a, b) => (a.sub < b.sub ? -1 : 1))
    },
    async change(transaction, account) {
      const { numUpdatedRows } = await transaction
        .updateTable('oidc_artifact')
        .set({ payload: payloadOf(account), consumed_at: account.disabledAt })
        .where('id_hash', '=', idOf(account.sub))
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    async remove(transaction, sub) {
      const { numDeletedRows } = await transaction
        .deleteFrom('oidc_artifact')
        .where('id_hash', '=', idOf(sub))
        .executeTakeFirst()
      return numDeletedRows === 1n
    },
    save: (account, key) =>
      store.transaction(async (transaction) => {
        const id_hash = idOf(account.sub)
        const uid = uidOf(key)
        const holder = await transaction
          .selectFrom('oidc_artifact')
          .select('id_hash')
          .where('uid', '=', uid)
          .where('realm', '=', realm)
          .where('model', '=', model)
          .executeTakeFirst()
        if (holder !== undefined && holder.id_hash !== id_hash) return false
        const change = { uid, payload: payloadOf(account) }
        const rest = { grant_id: null, owner: null, client_id: null, expires_at: null, consumed_at: null }
        await transaction
          .insertInto('oidc_artifact')
          .values({ id_hash, realm, model, ...rest, ...change })
          .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(change))
          .execute()
        return true
      }),
  }
}
