import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { isProblem } from '#base'
import { caseSizeFault, isForTheRest, paramsKey } from '#sandbox'
import type { Database, Row } from '#storage'
import { catalogProblem } from '../problems.js'
import { caseId } from './case-id.js'
import { type CasePlace, placesOf } from './case-places.js'
import { type CaseRoom, charactersOf, roomLeft } from './case-room.js'
import { keyOf, sameContent } from './case-rows.js'
import type { CaseImport, CaseOptions, CaseOutcome, CaseStoreOptions, CaseToKeep } from './cases.js'
import { keepTrace } from './keep-trace.js'
import { lastRevisions } from './last-revisions.js'

const rowsAtOnce = 50

type CaseRow = Row<'sandbox_case'>

interface Refused {
  readonly refused: string
}

interface Candidate {
  readonly one: CaseToKeep
  readonly row: CaseRow | Refused
  readonly notes: readonly string[]
}

/**
 * Finds each file's operation and keeps it; says what became of each. It comes after whatever others change at the same moment, and over it; they
 * find their change in the history. Rejects with `catalog/import-overtaken` when that happens again and again.
 */
export async function importCases(request: CaseImport, options: CaseOptions): Promise<readonly CaseOutcome[]> {
  const { platform } = request
  const { store, platforms } = options
  const ignored = platforms().get(platform)?.cases?.ignored ?? []
  // Contracts are compiled before the transaction, which may hold others up for a moment only.
  const candidates = await candidatesOf(request, options)
  return unlessOvertaken(() =>
    store.transaction(async (transaction) => {
      const judge = createJudge(await keptRows(transaction, request), await roomLeft(transaction, platform), ignored)
      const changed: CaseRow[] = []
      const outcomes = candidates.map(({ one: { file }, row, notes }): CaseOutcome => {
        if ('refused' in row) return { file, ...row }
        const verdict = judge(row)
        if ('refused' in verdict) return { file, ...verdict }
        if (verdict.changed !== null) changed.push(verdict.changed)
        return { file, api: row.api_id, notes, before: verdict.before }
      })
      if (changed.length > 0) await keep(transaction, { rows: changed, of: candidates.length, request }, options)
      return outcomes
    }),
  )
}

const triesMost = 5

/** In PostgreSQL a case may be changed by another node between the look at it and its writing: then all is judged anew, as the cases are now. */
async function unlessOvertaken<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isProblem(error) || (error.code !== 'storage/conflict' && error.code !== 'storage/transaction-lost'))
        throw error
      if (tries === triesMost) throw catalogProblem('catalog/import-overtaken')
    }
  }
}

async function candidatesOf(request: CaseImport, options: CaseOptions): Promise<readonly Candidate[]> {
  const { apis, now, notesOf, platforms } = options
  const { platform, applicationId, cases, actor } = request
  const places = placesOf(apis().filter((api) => api.platform === platform))
  const { ignored = [], verbatim = false } = platforms().get(platform)?.cases ?? {}
  const candidates: Candidate[] = []
  for (const one of cases) {
    candidates.push(candidateOf(one))
    // A long import holds up no call for longer than one of its cases.
    await setImmediate()
  }
  return candidates

  function candidateOf(one: CaseToKeep): Candidate {
    const place = places.get(one.folder)
    if (place === undefined)
      return { one, row: { refused: `no operation of "${platform}" takes the folder "${one.folder}"` }, notes: [] }
    const tooLarge = caseSizeFault({ description: '', headers: {}, ...one })
    if (tooLarge !== null) return { one, row: { refused: tooLarge }, notes: [] }
    const payload = one.payload === null ? undefined : JSON.parse(one.payload)
    const where = { operation: place.operation, ignored, verbatim, now: now() }
    const row = rowOf(one, place, { applicationId, at: now(), actor })
    return { one, row, notes: notesOf({ ...one, payload }, where) }
  }
}

/** What of an application is kept already, in the platform. */
const keptRows = (transaction: Transaction<Database>, { platform, applicationId }: CaseImport) =>
  transaction
    .selectFrom('sandbox_case')
    .selectAll()
    .where('application_id', '=', applicationId ?? '')
    .where('api_id', '>=', `${platform}/`)
    .where('api_id', '<', `${platform}0`)
    .execute()

type Verdict = Refused | { readonly changed: CaseRow | null; readonly before: 'nothing' | 'another' | 'the same' }

/** Whether a case may be kept beside those that are there, and those before it. */
function createJudge(kept: readonly CaseRow[], room: CaseRoom, ignored: readonly string[]) {
  const byId = new Map(kept.map((row) => [caseId(row), row]))
  const asked = new Map(kept.filter(({ file }) => !isForTheRest(file)).map((row) => [callKey(row, ignored), row]))
  const seen = new Set<string>()
  return (row: CaseRow): Verdict => {
    const id = caseId(row)
    if (seen.has(id)) return { refused: 'a file of this folder and name was taken already' }
    const before = byId.get(id)
    const twin = isForTheRest(row.file) ? undefined : asked.get(callKey(row, ignored))
    if (twin !== undefined && caseId(twin) !== id)
      return { refused: `the same parameters as "${twin.file}", which answers` }
    const same = before !== undefined && sameContent(before, row)
    if (before === undefined && room.cases < 1) return { refused: 'more cases than a platform keeps' }
    const more = charactersOf(row) - (before === undefined ? 0 : charactersOf(before))
    if (!same && room.characters < more) return { refused: 'more than a platform keeps, all cases together' }
    seen.add(id)
    if (!isForTheRest(row.file)) asked.set(callKey(row, ignored), row)
    if (same) return { changed: null, before: 'the same' }
    room.characters -= more
    if (before === undefined) room.cases -= 1
    const changed = { ...row, revision: (before?.revision ?? 0) + 1 }
    return { changed, before: before === undefined ? 'nothing' : 'another' }
  }
}

/** Equal for cases of one operation that answer the same call. */
const callKey = ({ api_id, operation_id, params }: CaseRow, ignored: readonly string[]) =>
  `${api_id} ${operation_id}?${paramsKey(JSON.parse(params), ignored)}`

interface Keeping {
  readonly rows: readonly CaseRow[]
  readonly of: number
  readonly request: CaseImport
}

async function keep(transaction: Transaction<Database>, { rows, of, request }: Keeping, options: CaseStoreOptions) {
  const fresh = rows.filter(({ revision }) => revision === 1)
  const last = await lastRevisions(transaction, fresh.map(caseId))
  const numbered = rows.map((row) =>
    row.revision === 1 ? { ...row, revision: (last.get(caseId(row)) ?? 0) + 1 } : row,
  )
  for (let from = 0; from < numbered.length; from += rowsAtOnce)
    await transaction
      .insertInto('sandbox_case')
      .values(numbered.slice(from, from + rowsAtOnce))
      .onConflict((conflict) =>
        conflict.columns(['application_id', 'api_id', 'operation_id', 'file']).doUpdateSet((expression) => ({
          title: expression.ref('excluded.title'),
          description: expression.ref('excluded.description'),
          params: expression.ref('excluded.params'),
          headers: expression.ref('excluded.headers'),
          status: expression.ref('excluded.status'),
          payload: expression.ref('excluded.payload'),
          revision: expression.ref('excluded.revision'),
          updated_at: expression.ref('excluded.updated_at'),
          updated_by: expression.ref('excluded.updated_by'),
        })),
      )
      .execute()
  const { platform, applicationId, actor } = request
  const detail = { kept: rows.length, of, application: applicationId }
  const trace = { action: 'import' as const, actor, object: `platform:${platform}`, detail, key: platform }
  await keepTrace(transaction, { rows: numbered, ...trace }, options)
}

const rowOf = (
  { file, folder, title, description = '', params, headers = {}, status, payload }: CaseToKeep,
  { api, operation }: CasePlace,
  { applicationId, at, actor }: { readonly applicationId: string | null; readonly at: number; readonly actor: string },
): CaseRow => ({
  ...keyOf({
    application_id: applicationId ?? '',
    api_id: api.id,
    operation_id: operation.id,
    // The folders above it say nothing: the same file from another copy of the data is the same case.
    file: `${folder}/${file.split(/[\\/]/).at(-1)}`,
  }),
  ...{ title, description, params: JSON.stringify(params), headers: JSON.stringify(headers), status, payload },
  ...{ revision: 1, updated_at: at, updated_by: actor },
})
