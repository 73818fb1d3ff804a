import { CompiledQuery } from 'kysely'
import type { Clock } from '#base'
import { type Refusal, refusal, type Verified } from '#contract'
import type { Row, Store } from '#storage'
import { artifactKey } from './artifact-key.js'

/** An access token as the store has it; the environment is its application's. */
export type StoredToken = Omit<Verified, 'environment'>

interface TokenPayload {
  readonly scope?: string
  readonly accountId?: string
}

/** Finds a living access token by its value. */
export function createReadToken({ store, clock }: { store: Store; clock: Clock }) {
  const { db } = store
  const select = db
    .selectFrom('oidc_artifact')
    .selectAll()
    .where('id_hash', '=', '')
    .where('model', 'in', ['ClientCredentials', 'AccessToken'])
    .compile()
  const selectGrant = db
    .selectFrom('oidc_artifact')
    .selectAll()
    .where('id_hash', '=', '')
    .where('realm', '=', '')
    .where('model', '=', '')
    .compile()

  const stands = async (grantId: string, realm: string): Promise<boolean> => {
    const query = CompiledQuery.raw(selectGrant.sql, [artifactKey(grantId), realm, 'Grant'])
    const grant = (await db.executeQuery(query)).rows[0] as Row<'oidc_artifact'> | undefined
    return grant !== undefined && (grant.expires_at === null || clock() < grant.expires_at)
  }

  return async (token: string): Promise<StoredToken | Refusal> => {
    const tokenId = artifactKey(token)
    const query = CompiledQuery.raw(select.sql, [tokenId, ...select.parameters.slice(1)])
    const row = (await db.executeQuery(query)).rows[0] as Row<'oidc_artifact'> | undefined
    if (row?.client_id == null || row.expires_at === null || row.expires_at <= clock()) return refusal('token/invalid')
    // A token may be written while its grant is withdrawn: without its grant it is nothing.
    if (row.grant_id !== null && !(await stands(row.grant_id, row.realm))) return refusal('token/invalid')
    const { scope, accountId } = JSON.parse(row.payload) as TokenPayload
    const [platform = '', realm = ''] = row.realm.split('/')
    return {
      tokenId,
      applicationId: row.client_id,
      platform,
      realm,
      scopes: new Set(scope?.split(' ')),
      expiresAt: row.expires_at,
      ...(row.grant_id !== null && { grantId: row.grant_id }),
      ...(accountId !== undefined && { subject: accountId }),
    }
  }
}
