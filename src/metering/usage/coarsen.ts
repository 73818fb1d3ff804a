import { addUsage, type UsageRow } from './usage-row.js'

const hour = 3_600_000
const day = 24 * hour

/** What stands for all applications, or all APIs of a platform, when there are too many keys to keep apart. */
export const others = '(others)'

/** Sums rows into ever coarser keys until at most `rowsMax` are left, or nothing coarser is left: hours, days, applications, APIs. No call is lost. */
export function coarsen(rows: readonly UsageRow[], rowsMax: number): UsageRow[] {
  let summed = [...rows]
  for (const level of levels) {
    if (summed.length <= rowsMax) return summed
    summed = sum(summed.map(level))
  }
  return summed
}

const levels: readonly ((row: UsageRow) => UsageRow)[] = [
  (row) => ({ ...row, minute: row.minute - (row.minute % hour) }),
  (row) => ({ ...row, minute: row.minute - (row.minute % day) }),
  (row) => ({ ...row, application_id: others }),
  (row) => ({ ...row, api_id: `${row.platform}/${others}` }),
]

function sum(rows: readonly UsageRow[]): UsageRow[] {
  const byKey = new Map<string, UsageRow>()
  for (const row of rows) {
    const key = JSON.stringify([row.minute, row.application_id, row.api_id, row.environment, row.status])
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, row)
    else addUsage(known, row)
  }
  return [...byKey.values()]
}
