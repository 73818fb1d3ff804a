import type { Transaction } from 'kysely'
import type { AdapterPayload } from 'oidc-provider'
import type { Database, Store } from '#storage'
import { artifactKey } from '../artifact-key.js'
import { type Artifact, type ArtifactRowsOptions, createArtifactRows } from '../artifact-rows.js'
import type { GivenGrants } from '../consents/given-grants.js'
import { revokeGrants } from '../consents/revoke-grants.js'
import type { SignInAudit } from './audit.js'

export interface SessionState {
  readonly payload: AdapterPayload
  /** The identifier under which the request found it; undefined: it begins with this request. */
  readonly foundAs: string | undefined
  readonly seconds: number
}

export interface SessionEnd {
  /** The name that a session keeps while its identifier changes. */
  readonly uid: string
  readonly accountId: string | undefined
  /** False: somebody else signs in, and nothing is taken from what was given. */
  readonly signedOut: boolean
  /** Grants that the session itself names. */
  readonly grantIds: readonly string[]
}

export interface Sessions {
  /** False: it was ended meanwhile, and stays so. */
  write(state: SessionState): Promise<boolean>
  /** Whether it stands, and does so until the transaction ends. */
  hold(transaction: Transaction<Database>, uid: string): Promise<boolean>
  /** Ends it with everything that was given in it. */
  end(end: SessionEnd): Promise<void>
  /** Ends all sessions of a person; the number of them. */
  endOfPerson(transaction: Transaction<Database>, accountId: string): Promise<number>
}

interface Options extends ArtifactRowsOptions {
  readonly store: Store
  readonly grants: GivenGrants
  readonly audit: SignInAudit
}

const model = 'Session'

/**
 * Browsers' sessions. The row is the proof: a request that found one writes it only while it stands, and what is given in it
 * is written while it is held, so that neither outlives its end.
 */
export function createSessions(options: Options): Sessions {
  const { store, realm, grants, audit } = options
  const rows = createArtifactRows(options, model)

  /** An update that changes nothing holds the row on both stores until the transaction ends. */
  const held = (transaction: Transaction<Database>, uid: string): Promise<Artifact | undefined> =>
    transaction
      .updateTable('oidc_artifact')
      .set({ consumed_at: null })
      .where('uid', '=', artifactKey(uid))
      .where('realm', '=', realm)
      .where('model', '=', model)
      .returningAll()
      .executeTakeFirst()

  return {
    write: ({ payload, foundAs, seconds }) =>
      store.transaction(async (transaction) => {
        if (foundAs === undefined) {
          await transaction
            .insertInto('oidc_artifact')
            .values(rows.toRow(payload.jti ?? '', payload, seconds))
            .execute()
          return true
        }
        const row = await held(transaction, payload.uid ?? '')
        if (row === undefined) return false
        const merged = merge(rows.toPayload(row), payload, row.id_hash === artifactKey(foundAs))
        await transaction
          .updateTable('oidc_artifact')
          .set(rows.toRow(merged.jti ?? '', merged, seconds + (merged.exp ?? 0) - (payload.exp ?? 0)))
          .where('id_hash', '=', row.id_hash)
          .execute()
        return true
      }),
    hold: async (transaction, uid) => (await held(transaction, uid)) !== undefined,
    end: ({ uid, accountId, signedOut, grantIds }) =>
      store.transaction(async (transaction) => {
        // First the session: whoever holds it is waited for, and nothing is given in it any more.
        await transaction
          .deleteFrom('oidc_artifact')
          .where('uid', '=', artifactKey(uid))
          .where('realm', '=', realm)
          .where('model', '=', model)
          .execute()
        if (!signedOut || accountId === undefined) return
        const given = await grants.ofSession(transaction, uid)
        await revokeGrants(store, transaction, { realm, grantIds: [...given, ...grantIds] })
        await audit.note({ action: 'signed-out', who: { sub: accountId } }, transaction)
      }),
    async endOfPerson(transaction, accountId) {
      const { numDeletedRows } = await transaction
        .deleteFrom('oidc_artifact')
        .where('owner', '=', artifactKey(accountId))
        .where('realm', '=', realm)
        .where('model', '=', model)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

/** Requests of one browser at once: none loses what another has written; the identifier is the newest one. */
function merge(stored: AdapterPayload, own: AdapterPayload, foundAsItIs: boolean): AdapterPayload {
  const loginTs = Math.max(stored.loginTs ?? 0, own.loginTs ?? 0)
  const exp = Math.max(stored.exp ?? 0, own.exp ?? 0)
  return {
    ...stored,
    ...own,
    exp,
    ...(loginTs > 0 && { loginTs }),
    ...(!foundAsItIs && stored.jti !== undefined && { jti: stored.jti }),
    authorizations: { ...stored.authorizations, ...own.authorizations },
  }
}
