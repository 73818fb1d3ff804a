import type { Transaction } from 'kysely'
import { type ApiVersion, answerHeaders, issueMessage } from '#contract'
import { isForTheRest, paramsKey } from '#sandbox'
import type { Database, Row } from '#storage'
import { catalogProblem } from '../problems.js'
import { type CaseKey, caseId } from './case-id.js'
import { caseLimits } from './case-limits.js'
import { folderOf } from './case-places.js'
import { charactersOf, roomLeft } from './case-room.js'
import { type CaseContent, contentOf, keptCaseOf, keyOf } from './case-rows.js'
import { readCaseText } from './case-text.js'
import type {
  CaseAddition,
  CaseChange,
  CaseOptions,
  CaseRevision,
  CaseStoreOptions,
  CaseText,
  KeptCase,
  RestoredCase,
} from './cases.js'
import { keptRow } from './find-cases.js'
import { forgetRemoved, keepTrace } from './keep-trace.js'
import { lastRevisions } from './last-revisions.js'

type CaseRow = Row<'sandbox_case'>
type Work = Transaction<Database>

/** What is written, and by whom. */
interface Writing {
  readonly key: CaseKey
  readonly content: CaseContent
  readonly actor: string
  readonly action: CaseRevision['action']
}

export async function addCase(request: CaseAddition, options: CaseStoreOptions): Promise<KeptCase> {
  const api = apiOf(request.api, options)
  const { operation, content } = readText(request, api, options)
  const file = `${folderOf({ api, operation })}/${fileName(request.name ?? content.title)}`
  const key = { application_id: request.application ?? '', api_id: api.id, operation_id: operation.id, file }
  return options.store.transaction(async (transaction) => {
    const writing = { key, content, actor: request.actor, action: 'add' } as const
    return insert(transaction, writing, options)
  })
}

export async function editCase(request: CaseChange & CaseText, options: CaseStoreOptions): Promise<KeptCase> {
  return options.store.transaction(async (transaction) => {
    const row = await found(transaction, request)
    const api = apiOf(row.api_id, options)
    const { operation, content } = readText({ ...request, operation: row.operation_id }, api, options)
    if (operation.id !== row.operation_id) throw catalogProblem('catalog/case-moved', { id: request.id })
    const writing = { key: keyOf(row), content, actor: request.actor, action: 'edit' } as const
    return update(transaction, row, writing, options)
  })
}

export async function removeCase(request: CaseChange, options: CaseStoreOptions): Promise<void> {
  await options.store.transaction(async (transaction) => {
    const row = await found(transaction, request)
    const gone = await transaction
      .deleteFrom('sandbox_case')
      .where(({ and }) => and({ ...keyOf(row), revision: row.revision }))
      .returning('file')
      .executeTakeFirst()
    if (gone === undefined) throw catalogProblem('catalog/case-changed', { id: request.id })
    await forgetRemoved(transaction, options.now() - caseLimits.removedMilliseconds)
    const left = { ...row, revision: row.revision + 1, updated_at: options.now(), updated_by: request.actor }
    await told(transaction, left, 'remove', options)
  })
}

/** What an import took may depart from the contract, and a contract may have changed since: that is told, as an import tells it. */
export async function restoreCase(
  request: CaseChange & { readonly to: number },
  options: CaseOptions,
): Promise<RestoredCase> {
  const kept = await options.store.transaction(async (transaction) => {
    const traces = await transaction
      .selectFrom('sandbox_case_revision')
      .selectAll()
      .where('case_id', '=', request.id)
      .orderBy('revision')
      .execute()
    const last = traces.at(-1)
    if (last === undefined) throw catalogProblem('catalog/unknown-case', { id: request.id })
    if (last.revision !== request.revision) throw catalogProblem('catalog/case-changed', { id: request.id })
    const wanted = traces.find(({ revision }) => revision === request.to)
    if (wanted === undefined) throw catalogProblem('catalog/unknown-revision', { id: request.id })
    operationOf(wanted, options)
    refuseHeaders(wanted)
    const writing = { key: keyOf(wanted), content: contentOf(wanted), actor: request.actor, action: 'restore' } as const
    if (last.action === 'remove') return insert(transaction, writing, options)
    return update(transaction, await found(transaction, request), writing, options)
  })
  const operation = operationOf({ api_id: kept.api, operation_id: kept.operation }, options)
  const { ignored = [], verbatim = false } = options.platforms().get(platformOf({ api_id: kept.api }))?.cases ?? {}
  const payload = kept.payload === null ? undefined : JSON.parse(kept.payload)
  return { ...kept, notes: options.notesOf({ ...kept, payload }, { operation, ignored, verbatim, now: options.now() }) }
}

/** A case may be kept from when more headers were let through. */
function refuseHeaders({ file, headers }: Pick<CaseRow, 'file' | 'headers'>) {
  const { error } = answerHeaders.safeParse(JSON.parse(headers))
  if (error === undefined) return
  const mistakes = error.issues.map((issue) => ({
    ...{ file, line: 0, column: 0, reason: `"headers.${issue.path.join('.')}": ${issueMessage(issue)}` },
    mend: 'Add or edit the case without this header.',
  }))
  throw catalogProblem('catalog/case-mistakes', { mistakes })
}

async function insert(transaction: Work, writing: Writing, options: CaseStoreOptions): Promise<KeptCase> {
  const { key, content, actor, action } = writing
  const platform = platformOf(key)
  const room = await roomLeft(transaction, platform)
  if (room.cases < 1 || room.characters < charactersOf(content))
    throw catalogProblem('catalog/too-many-cases', { platform })
  await refuseTwin(transaction, writing, options)
  const id = caseId(key)
  const revision = ((await lastRevisions(transaction, [id])).get(id) ?? 0) + 1
  const row = { ...key, ...content, revision, updated_at: options.now(), updated_by: actor }
  const inserted = await transaction
    .insertInto('sandbox_case')
    .values(row)
    .onConflict((conflict) => conflict.columns(['application_id', 'api_id', 'operation_id', 'file']).doNothing())
    .returning('file')
    .executeTakeFirst()
  if (inserted === undefined) throw catalogProblem('catalog/case-exists', { id })
  return told(transaction, row, action, options)
}

async function update(transaction: Work, before: CaseRow, writing: Writing, options: CaseStoreOptions) {
  const { key, content, actor, action } = writing
  const room = await roomLeft(transaction, platformOf(key))
  if (room.characters < charactersOf(content) - charactersOf(before))
    throw catalogProblem('catalog/too-many-cases', { id: caseId(key) })
  await refuseTwin(transaction, writing, options)
  const change = { ...content, revision: before.revision + 1, updated_at: options.now(), updated_by: actor }
  const changed = await transaction
    .updateTable('sandbox_case')
    .set(change)
    .where(({ and }) => and({ ...key, revision: before.revision }))
    .returning('file')
    .executeTakeFirst()
  if (changed === undefined) throw catalogProblem('catalog/case-changed', { id: caseId(key) })
  return told(transaction, { ...key, ...change }, action, options)
}

/** The case as it was seen; another revision means that somebody else has changed it meanwhile. */
async function found(transaction: Work, { id, revision }: CaseChange): Promise<CaseRow> {
  const row = await keptRow(transaction, id)
  if (row.revision !== revision) throw catalogProblem('catalog/case-changed', { id }, nowAt(row))
  return row
}

const nowAt = ({ revision, updated_by }: CaseRow) => ({
  fr: `(révision ${revision} par ${updated_by})`,
  en: `(revision ${revision} by ${updated_by})`,
})

/** Two cases for one call: one of them would never answer. */
async function refuseTwin(transaction: Work, { key, content }: Writing, { platforms }: CaseStoreOptions) {
  if (isForTheRest(key.file)) return
  const ignored = platforms().get(platformOf(key))?.cases?.ignored ?? []
  const others = await transaction
    .selectFrom('sandbox_case')
    .select(['file', 'params'])
    .where('application_id', '=', key.application_id)
    .where('api_id', '=', key.api_id)
    .where('operation_id', '=', key.operation_id)
    .where('file', '!=', key.file)
    .execute()
  const asked = paramsKey(JSON.parse(content.params), ignored)
  const twin = others.find(
    ({ file, params }) => !isForTheRest(file) && paramsKey(JSON.parse(params), ignored) === asked,
  )
  if (twin !== undefined) throw catalogProblem('catalog/case-twin', {}, { fr: `(${twin.file})`, en: `(${twin.file})` })
}

async function told(transaction: Work, row: CaseRow, action: CaseRevision['action'], options: CaseStoreOptions) {
  const { api_id, application_id, operation_id, file, revision } = row
  const detail = { operation: operation_id, file, revision, application: application_id === '' ? null : application_id }
  const trace = { actor: row.updated_by, object: `api:${api_id}`, detail, key: api_id }
  await keepTrace(transaction, { rows: [row], action, ...trace }, options)
  return keptCaseOf(row)
}

/** A text that names no operation is of this one. */
function readText(
  request: CaseText & { readonly operation?: string | undefined },
  api: ApiVersion,
  options: CaseStoreOptions,
) {
  const named = /^\s*["']?operation["']?\s*:/m.test(request.text) || request.operation === undefined
  const operations = api.operations.filter(({ id }) => named || id === request.operation)
  return readCaseText(request, operations, {
    platform: options.platforms().get(api.platform),
    now: options.now(),
  })
}

function apiOf(id: string, { apis }: CaseStoreOptions): ApiVersion {
  const api = apis().find((each) => each.id === id)
  if (api === undefined) throw catalogProblem('catalog/unknown-api', { id }, withPlatform(id, apis()))
  return api
}

/** A case of an operation that is gone would never answer. */
function operationOf({ api_id, operation_id }: Pick<CaseKey, 'api_id' | 'operation_id'>, options: CaseStoreOptions) {
  const operation = apiOf(api_id, options).operations.find(({ id }) => id === operation_id)
  if (operation === undefined)
    throw catalogProblem(
      'catalog/unknown-operation',
      { id: api_id },
      { fr: `(${operation_id})`, en: `(${operation_id})` },
    )
  return operation
}

/** What someone may have meant who left the platform out. */
function withPlatform(id: string, apis: readonly ApiVersion[]) {
  const names = apis.filter(({ code, version }) => `${code}/${version}` === id).map((api) => api.id)
  if (names.length === 0) return undefined
  return { fr: `Vouliez-vous dire : ${names.join(', ')} ?`, en: `Did you mean: ${names.join(', ')}?` }
}

const platformOf = ({ api_id }: Pick<CaseKey, 'api_id'>): string => api_id.split('/', 1)[0] ?? ''

/** `Élève boursier, échelon 2` → `eleve-boursier-echelon-2.yaml` */
function fileName(text: string): string {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const name = plain
    .replace(/\.ya?ml$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80)
  return `${name === '' ? 'case' : name}.yaml`
}
