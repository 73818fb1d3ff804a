import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createStore } from '#storage'

export interface RoundResult {
  readonly acknowledged: number
  readonly lost: number
  /** Transactions of which one row of two is there. */
  readonly halves: number
  readonly integrity: string
}

export const told = ({ acknowledged, lost, halves, integrity }: RoundResult) =>
  `${String(acknowledged).padStart(5)} acknowledged  ${lost} lost  ${halves} half-written  integrity ${integrity}`

/** Opens the store of a folder as any start does, without a mend or a flag, and looks for each acknowledged write. */
export async function judge(folder: string, acknowledged: readonly string[]): Promise<RoundResult> {
  if (!existsSync(join(folder, 'portique.sqlite'))) {
    return { acknowledged: acknowledged.length, lost: acknowledged.length, halves: 0, integrity: 'nothing left' }
  }
  const found = await readBack(folder)
  const present = (id: string) =>
    id.startsWith('pair-') ? found.ids.has(`${id}-a`) && found.ids.has(`${id}-b`) : found.ids.has(id)
  const pairs = [...found.ids].filter((id) => /^pair-.*-[ab]$/.test(id))
  const halves = pairs.filter((id) => !found.ids.has(id.endsWith('a') ? id.replace(/a$/, 'b') : id.replace(/b$/, 'a')))
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !present(id)).length,
    halves: halves.length,
    integrity: found.integrity,
  }
}

async function readBack(folder: string): Promise<{ ids: Set<string>; integrity: string }> {
  try {
    const store = await createStore({ folder, now: Date.now })
    const rows = await store.db.selectFrom('audit').select('id').execute()
    await store.close()
    const database = new DatabaseSync(join(folder, 'portique.sqlite'))
    const check = database.prepare('pragma integrity_check').get()
    database.close()
    return { ids: new Set(rows.map((row) => row.id)), integrity: String(check?.integrity_check) }
  } catch (error) {
    return { ids: new Set(), integrity: String(error) }
  }
}
