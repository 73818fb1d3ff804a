import type { Kysely } from 'kysely'
import { storageProblem } from './problems.js'
import type { Database } from './tables.js'
import { createVault } from './vault.js'

/** Its name in the table of secrets: a known word, sealed, that only the store's own key opens. */
export const keyCheckName = 'store-key-check'

/** Seals the check on first use, opens it ever after. Throws Problem `storage/wrong-key`. */
export async function checkKey(db: Kysely<Database>, now: () => number, key: Buffer | undefined): Promise<void> {
  if (key === undefined) return
  const vault = createVault(key)
  const check = { name: keyCheckName, version: 1, value_sealed: vault.seal(word, keyCheckName) }
  const found = await readCheck(db)
  if (found === undefined) {
    // Two nodes may come first together: one of them writes, both read.
    const row = { ...check, created_at: now(), retired_at: null }
    await db
      .insertInto('secret')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  refuseOtherKey(found ?? (await readCheck(db)) ?? check.value_sealed, key)
}

/** Throws Problem `storage/wrong-key` when `sealed`, a store's check, was not sealed with `key`. */
export function refuseOtherKey(sealed: string, key: Buffer): void {
  try {
    createVault(key).open(sealed, keyCheckName)
  } catch {
    throw storageProblem('storage/wrong-key')
  }
}

async function readCheck(db: Kysely<Database>): Promise<string | undefined> {
  const row = await db.selectFrom('secret').select('value_sealed').where('name', '=', keyCheckName).executeTakeFirst()
  return row?.value_sealed
}

const word = 'portique'
