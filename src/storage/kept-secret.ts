import type { Store, Vault } from './store.js'

export interface KeptSecret {
  readonly store: Store
  readonly vault: Vault
  readonly name: string
  readonly now: number
  /** Called only when no secret of this name is kept yet. */
  readonly make: () => string | Promise<string>
}

/** A secret of the platform itself: made at its first need, sealed, the same from then on and on every node. */
export async function keptSecret({ store, vault, name, now, make }: KeptSecret): Promise<string> {
  const kept = await readSecret(store, vault, name)
  if (kept !== undefined) return kept
  const value_sealed = vault.seal(await make(), name)
  // Two nodes may start at once: the first to write wins, and both read what is kept.
  await store.db
    .insertInto('secret')
    .values({ name, version: 1, value_sealed, created_at: now, retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const own = await readSecret(store, vault, name)
  if (own === undefined) throw new TypeError(`the secret ${name} was written and cannot be read`)
  return own
}

async function readSecret({ db }: Store, vault: Vault, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('secret')
    .select('value_sealed')
    .where('name', '=', name)
    .where('retired_at', 'is', null)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : vault.open(row.value_sealed, name)
}
