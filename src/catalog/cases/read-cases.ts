import type { SandboxCase } from '#contract'
import type { Store } from '#storage'
import { sandboxCaseOf } from './case-rows.js'

/** What was kept when it was read: lists by API, and in them by application (empty: shared by all). */
export type KeptLists = ReadonlyMap<string, ReadonlyMap<string, readonly SandboxCase[]>>

/** Reads all cases; with `api`, those of one API, the lists of the others staying the same values. */
export async function readCases({ db }: Store, before: KeptLists = new Map(), api?: string): Promise<KeptLists> {
  const all = db.selectFrom('sandbox_case').selectAll().orderBy('file')
  const rows = await (api === undefined ? all : all.where('api_id', '=', api)).execute()
  const found = new Map<string, Map<string, SandboxCase[]>>()
  for (const row of rows) {
    const lists = found.get(row.api_id) ?? new Map<string, SandboxCase[]>()
    found.set(row.api_id, lists)
    const list = lists.get(row.application_id) ?? []
    lists.set(row.application_id, list)
    list.push(sandboxCaseOf(row))
  }
  if (api === undefined) return found
  return new Map([...[...before].filter(([id]) => id !== api), ...found])
}
