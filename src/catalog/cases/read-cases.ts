import type { SandboxCase } from '#contract'
import type { Row, Store } from '#storage'

/** What was kept when it was read. */
export interface KeptCases {
  of(api: string, applicationId: string): readonly SandboxCase[]
}

const none: readonly SandboxCase[] = []

export async function readCases({ db }: Store): Promise<KeptCases> {
  const rows = await db.selectFrom('sandbox_case').selectAll().orderBy('file').execute()
  const cases = new Map<string, SandboxCase[]>()
  for (const row of rows) {
    const key = `${row.application_id} ${row.api_id}`
    const list = cases.get(key) ?? []
    list.push(caseOf(row))
    cases.set(key, list)
  }
  const lists = new Map<string, readonly SandboxCase[]>()
  return {
    of(api, applicationId) {
      const shared = cases.get(` ${api}`) ?? none
      const key = `${applicationId} ${api}`
      const own = cases.get(key)
      if (own === undefined || own === shared) return shared
      const list = lists.get(key) ?? [...own, ...shared]
      lists.set(key, list)
      return list
    },
  }
}

const caseOf = (row: Row<'sandbox_case'>): SandboxCase => ({
  title: row.title,
  operation: row.operation_id,
  params: JSON.parse(row.params),
  status: row.status,
  payload: row.payload === null ? undefined : JSON.parse(row.payload),
  headers: {},
  file: row.file,
})
