import { CompiledQuery, type Kysely } from 'kysely'
import type { Adapter } from 'oidc-provider'
import type { Clock } from '#base'
import type { Database, Store, Vault } from '#storage'
import { artifactKey } from './artifact-key.js'
import { type Artifact, createArtifactRows } from './artifact-rows.js'
import type { EndGrant } from './consents/end-grant.js'
import { errors } from './oidc-provider.js'

export interface ArtifactOptions {
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly endGrant: EndGrant
}

/** Written once, under an identifier of 256 random bits: one prepared INSERT is the whole cost. */
const onceModels = new Set(['ClientCredentials', 'AccessToken', 'RefreshToken', 'AuthorizationCode'])

/** Models whose end the gateway's memory must hear of by their hash; grants are told by their name. */
const toldModels = new Set(['ClientCredentials', 'AccessToken'])

/** Models whose rows have a say in what may be written: these are written in transactions of ours (`given-grants.ts`, `sessions.ts`). */
const guardedModels = new Set(['Grant', 'Session'])

/** What oidc-provider keeps, in SQL. */
export function createArtifactAdapter(options: ArtifactOptions, model: string): Adapter {
  const { store, clock, realm, endGrant } = options
  const { db } = store
  const rows = createArtifactRows(options, model)
  const insert = db.insertInto('oidc_artifact').values(emptyArtifact).compile()
  const markUsed = db
    .updateTable('oidc_artifact')
    .set({ consumed_at: 0 })
    .where('id_hash', '=', '')
    .where('realm', '=', '')
    .where('model', '=', '')
    .where('consumed_at', 'is', null)
    .compile()
  const selectBy = (column: 'id_hash' | 'uid') =>
    db
      .selectFrom('oidc_artifact')
      .selectAll()
      .where(column, '=', '')
      .where('realm', '=', '')
      .where('model', '=', '')
      .compile()
  const selects = { id_hash: selectBy('id_hash'), uid: selectBy('uid') }

  const find = async (column: keyof typeof selects, key: string, id?: string) => {
    const query = CompiledQuery.raw(selects[column].sql, [key, realm, model])
    const row = (await db.executeQuery(query)).rows[0] as Artifact | undefined
    if (row === undefined || (row.expires_at !== null && row.expires_at <= clock())) return undefined
    return rows.toPayload(row, id)
  }

  const grantOf = async (id: string): Promise<string | null> => {
    const query = CompiledQuery.raw(selects.id_hash.sql, [artifactKey(id), realm, model])
    return ((await db.executeQuery(query)).rows[0] as Artifact | undefined)?.grant_id ?? null
  }

  return {
    async upsert(id, payload, expiresIn) {
      if (guardedModels.has(model)) throw new TypeError(`a ${model} is not written by itself`)
      const row = rows.toRow(id, payload, expiresIn)
      if (onceModels.has(model)) {
        await db.executeQuery(CompiledQuery.raw(insert.sql, Object.values(row)))
        return
      }
      const { id_hash: _, consumed_at: __, ...change } = row
      await db
        .insertInto('oidc_artifact')
        .values(row)
        .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(change))
        .execute()
    },
    find: (id) => find('id_hash', artifactKey(id), id),
    findByUid: (uid) => find('uid', artifactKey(uid)),
    // Of the device flow, which no realm offers.
    findByUserCode: async () => undefined,
    /**
     * One conditional write: of any number of parallel uses exactly one succeeds. Each of the others ends what the artifact gave, as a use
     * that came later does: nobody knows which of them was the thief's (RFC 6749 section 4.1.2, RFC 9700 section 4.14.2).
     */
    async consume(id) {
      const query = CompiledQuery.raw(markUsed.sql, [clock(), artifactKey(id), realm, model])
      if ((await db.executeQuery(query)).numAffectedRows === 1n) return
      const grantId = await grantOf(id)
      if (grantId !== null) await endGrant(grantId)
      throw new errors.InvalidGrant('already used')
    },
    async destroy(id) {
      if (model === 'Grant') return endGrant(id)
      const key = artifactKey(id)
      const remove = (from: Kysely<Database>) =>
        from
          .deleteFrom('oidc_artifact')
          .where('id_hash', '=', key)
          .where('realm', '=', realm)
          .where('model', '=', model)
          .execute()
      if (!toldModels.has(model)) return void (await remove(db))
      await store.transaction(async (transaction) => {
        await remove(transaction)
        await store.feed.publish(transaction, { topic: 'token', key })
      })
    },
    /** The library asks it of every model in turn, and of the grant itself (`revokeGrantPolicy`): all end together. */
    revokeByGrantId: endGrant,
  }
}

/** The columns in the order in which `artifact-rows.ts` lists them. */
const emptyArtifact: Artifact = {
  id_hash: '',
  realm: '',
  model: '',
  grant_id: null,
  uid: null,
  owner: null,
  client_id: null,
  payload: '',
  expires_at: null,
  consumed_at: null,
}
