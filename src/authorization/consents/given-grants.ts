import type { Transaction } from 'kysely'
import type { Grant } from 'oidc-provider'
import type { Database } from '#storage'
import { artifactKey } from '../artifact-key.js'
import { type ArtifactRowsOptions, createArtifactRows } from '../artifact-rows.js'
import type { LibraryModel } from '../library-model.js'

export interface GrantGiven {
  readonly grant: Grant
  /** It was found in the store, and is changed. */
  readonly known: boolean
  /** The session in which it is given, by the name that the session keeps. */
  readonly sessionUid: string
}

export interface GivenGrants {
  /** False: the grant that should change was ended meanwhile, and stays so. */
  write(transaction: Transaction<Database>, given: GrantGiven): Promise<boolean>
  /** Names of the grants given in a session. */
  ofSession(transaction: Transaction<Database>, sessionUid: string): Promise<readonly string[]>
  /** Names of the grants of a person, to one application where it is named. */
  ofPerson(transaction: Transaction<Database>, accountId: string, clientId?: string): Promise<readonly string[]>
}

const model = 'Grant'

/** What people gave, written by whoever holds what it rests on. */
export function createGivenGrants(options: ArtifactRowsOptions): GivenGrants {
  const { realm } = options
  const rows = createArtifactRows(options, model)

  const grants = (transaction: Transaction<Database>) =>
    transaction.selectFrom('oidc_artifact').select('grant_id').where('realm', '=', realm).where('model', '=', model)
  const names = (found: readonly { readonly grant_id: string | null }[]) => found.flatMap((each) => each.grant_id ?? [])

  return {
    async write(transaction, { grant, known, sessionUid }) {
      const own: LibraryModel = grant as unknown as LibraryModel
      grant.jti ??= own.generateTokenId()
      const { payload } = await own.getValueAndPayload()
      const row = { ...rows.toRow(grant.jti, payload, grant.remainingTTL), owner: artifactKey(sessionUid) }
      if (!known) {
        await transaction.insertInto('oidc_artifact').values(row).execute()
        return true
      }
      const { numUpdatedRows } = await transaction
        .updateTable('oidc_artifact')
        .set({ payload: row.payload, owner: row.owner, expires_at: row.expires_at })
        .where('id_hash', '=', row.id_hash)
        .where('realm', '=', realm)
        .where('model', '=', model)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    ofSession: async (transaction, sessionUid) =>
      names(await grants(transaction).where('owner', '=', artifactKey(sessionUid)).execute()),
    async ofPerson(transaction, accountId, clientId) {
      const all = grants(transaction).where('uid', '=', artifactKey(accountId))
      return names(await (clientId === undefined ? all : all.where('client_id', '=', clientId)).execute())
    },
  }
}
