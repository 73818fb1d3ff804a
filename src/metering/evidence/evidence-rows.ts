import type { Row, Store } from '#storage'
import type { EvidenceFilter } from './evidence-filter.js'
import { evidenceRequestProblem } from './evidence-problems.js'

/** One call, as people see its evidence: no value of anybody in it. */
export interface EvidenceRecord {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly requestId: string
  readonly application: string | null
  readonly habilitation: string | null
  /** Id of a long-lived token, else the mark that tells tokens apart. */
  readonly token: string | null
  /** Keyed hash. */
  readonly person: string | null
  readonly recipient: string | null
  readonly api: string
  readonly operation: string | null
  readonly environment: string
  readonly method: string
  readonly status: number
  readonly refusal: string | null
  /** Names of the fields that left; null: the call was refused. */
  readonly fields: readonly string[] | null
}

export interface EvidencePage {
  readonly records: readonly EvidenceRecord[]
  /** Where the next page begins; null: there is none. */
  readonly next: string | null
}

type Db = Pick<Store['db'], 'selectFrom'>

/** Oldest first. `after` holds the time and the id of the last row seen. Rejects with `evidence/cursor` or `evidence/period`. */
export async function evidencePage(
  db: Db,
  filter: EvidenceFilter,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<EvidencePage> {
  const [at = 0, id = ''] = after === undefined ? [] : placeOf(after)
  const all = matching(db, filter)
    .selectAll()
    .orderBy('at')
    .orderBy('id')
    .limit(limit + 1)
  const rows = await (after === undefined
    ? all
    : all.where((where) => where.or([where('at', '>', at), where.and([where('at', '=', at), where('id', '>', id)])]))
  ).execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    records: shown.map(toRecord),
    next: rows.length > limit && last !== undefined ? `${last.at}_${last.id}` : null,
  }
}

/** The rows that a filter means. Throws `evidence/period`. */
export function matching(db: Db, { application, token, person, recipient, api, from, to }: EvidenceFilter) {
  if (from !== undefined && to !== undefined && from >= to) throw evidenceRequestProblem('evidence/period')
  let query = db.selectFrom('evidence')
  if (application !== undefined) query = query.where('application_id', '=', application)
  if (person !== undefined) query = query.where('person', '=', person)
  if (recipient !== undefined) query = query.where('recipient', '=', recipient)
  if (api !== undefined) query = query.where('api_id', '=', api)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (token === undefined) return query
  return query.where((where) => where.or([where('token_id', '=', token), where('token_mark', '=', token)]))
}

function placeOf(after: string): [number, string] {
  const [, at, id] = /^(\d{1,15})_([\w-]{1,100})$/.exec(after) ?? []
  if (at === undefined || id === undefined) throw evidenceRequestProblem('evidence/cursor')
  return [Number(at), id]
}

export function toRecord(row: Row<'evidence'>): EvidenceRecord {
  return {
    id: row.id,
    at: row.at,
    requestId: row.request_id,
    application: row.application_id,
    habilitation: row.habilitation_id,
    token: row.token_id ?? row.token_mark,
    person: row.person,
    recipient: row.recipient,
    api: row.api_id,
    operation: row.operation_id,
    environment: row.environment,
    method: row.method,
    status: row.status,
    refusal: row.refusal,
    fields: fieldsOf(row.fields),
  }
}

/** Many rows have the same fields: each text is read once. */
const known = new Map<string, readonly string[]>()
const knownMax = 1_000

export function fieldsOf(text: string | null): readonly string[] | null {
  if (text === null) return null
  const before = known.get(text)
  if (before !== undefined) return before
  const fields: readonly string[] = Object.freeze(JSON.parse(text) as string[])
  if (known.size >= knownMax) known.clear()
  known.set(text, fields)
  return fields
}
