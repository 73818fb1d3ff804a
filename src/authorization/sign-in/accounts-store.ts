import type { JsonObject } from '#contract'
import type { Store, Vault } from '#storage'
import { artifactKey } from '../artifact-key.js'

/** Somebody whom the realm knows from a sign-in elsewhere or by a password. */
export interface Account {
  readonly sub: string
  readonly name: string
  readonly claims: JsonObject
  /** Hash of the password (`password-hash.ts`); absent: signs in elsewhere. */
  readonly password?: string
  /** The ID token of their last sign-in elsewhere, to sign them out there too. */
  readonly upstreamIdToken?: string
}

export interface AccountsStore {
  find(sub: string): Promise<Account | undefined>
  /** `key`: what the person is known by at sign-in: a user name, or an upstream's issuer and subject. */
  findByKey(key: string): Promise<Account | undefined>
  /** Writes it anew. False: the key is somebody else's. */
  save(account: Account, key: string): Promise<boolean>
}

const model = 'Account'

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

  const read = async (column: 'id_hash' | 'uid', value: string): Promise<Account | undefined> => {
    const row = await db
      .selectFrom('oidc_artifact')
      .select(['id_hash', 'payload'])
      .where(column, '=', value)
      .where('realm', '=', realm)
      .where('model', '=', model)
      .executeTakeFirst()
    return row && (JSON.parse(vault.open(row.payload, contextOf(row.id_hash))) as Account)
  }

  return {
    find: (sub) => read('id_hash', idOf(sub)),
    findByKey: (key) => read('uid', uidOf(key)),
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
        const change = { uid, payload: vault.seal(JSON.stringify(account), contextOf(id_hash)) }
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
