import type { Transaction } from 'kysely'
import type { Database, Row, Vault } from '#storage'
import type { CredentialView } from './access.js'
import { hashSecret } from './hash-secret.js'

/** The context that a credential's value is sealed with: a sealed value moved to another row does not open. */
const contextOf = (id: string) => `credential:${id}`

export interface CredentialSeed {
  readonly id: string
  readonly applicationId: string
  readonly kind: 'secret' | 'api-key'
  readonly value: string
  readonly now: number
}

/** Keeps a value sealed, so that the application's page can show it again, and findable by its hash. */
export async function insertCredential(
  transaction: Transaction<Database>,
  vault: Vault,
  seed: CredentialSeed,
): Promise<void> {
  const { id } = seed
  await transaction
    .insertInto('credential')
    .values({
      id,
      application_id: seed.applicationId,
      kind: seed.kind,
      value_sealed: vault.seal(seed.value, contextOf(id)),
      value_hash: hashSecret(seed.value),
      created_at: seed.now,
      expires_at: null,
      revoked_at: null,
      last_used_at: null,
    })
    .execute()
}

export function toCredentialView(row: Row<'credential'>, vault: Vault, now: number): CredentialView {
  const endsAt = row.revoked_at ?? row.expires_at
  return {
    id: row.id,
    kind: row.kind === 'api-key' ? 'api-key' : 'secret',
    value: row.value_sealed === null ? null : vault.open(row.value_sealed, contextOf(row.id)),
    createdAt: row.created_at,
    endsAt,
    live: endsAt === null || endsAt > now,
    lastUsedAt: row.last_used_at,
  }
}
