import type { ApiVersion, Operation } from '#contract'
import { createCaseNotes } from '#sandbox'
import type { NewRow } from '#storage'
import type { CaseImport, CaseOutcome, CaseStoreOptions, CaseToKeep } from './case-store.js'

const rowsAtOnce = 100

/** Finds each file's operation and keeps it; says what became of each. */
export async function importCases(
  { platform, applicationId, cases, actor }: CaseImport,
  { store, apis, identifiers, now }: CaseStoreOptions,
): Promise<readonly CaseOutcome[]> {
  const places = placesOf(apis().filter((api) => api.platform === platform))
  const notesOf = createCaseNotes()
  const outcomes: CaseOutcome[] = []
  const rows = new Map<string, NewRow<'sandbox_case'>>()
  for (const one of cases) {
    const place = places.get(one.folder)
    if (place === undefined) {
      outcomes.push({ file: one.file, refused: `no operation of "${platform}" takes the folder "${one.folder}"` })
      continue
    }
    const row = rowOf(one, place, { applicationId, at: now() })
    rows.set(`${row.api_id} ${row.operation_id} ${row.file}`, row)
    const payload = one.payload === null ? undefined : JSON.parse(one.payload)
    outcomes.push({ file: one.file, api: place.api.id, notes: notesOf(place.operation, one.status, payload) })
  }
  const list = [...rows.values()]
  await store.transaction(async (transaction) => {
    for (let from = 0; from < list.length; from += rowsAtOnce)
      await transaction
        .insertInto('sandbox_case')
        .values(list.slice(from, from + rowsAtOnce))
        .onConflict((conflict) =>
          conflict.columns(['application_id', 'api_id', 'operation_id', 'file']).doUpdateSet((expression) => ({
            title: expression.ref('excluded.title'),
            params: expression.ref('excluded.params'),
            status: expression.ref('excluded.status'),
            payload: expression.ref('excluded.payload'),
            updated_at: expression.ref('excluded.updated_at'),
          })),
        )
        .execute()
    const detail = JSON.stringify({ kept: list.length, of: cases.length, application: applicationId })
    const entry = { id: identifiers.id('aud'), at: now(), actor, action: 'sandbox.import', detail }
    await transaction
      .insertInto('audit')
      .values({ ...entry, object: `platform:${platform}` })
      .execute()
    await store.feed.publish(transaction, { topic: 'sandbox', key: platform })
  })
  return outcomes
}

interface Place {
  readonly api: ApiVersion
  readonly operation: Operation
}

/** Operations by the folders that hold their cases. */
function placesOf(apis: readonly ApiVersion[]): ReadonlyMap<string, Place> {
  const all = apis.flatMap((api) => api.operations.map((operation) => ({ api, operation })))
  return new Map(
    all.flatMap((place) =>
      (place.operation.definition['x-case-folders'] ?? []).map((folder): [string, Place] => [folder, place]),
    ),
  )
}

const rowOf = (
  { file, title, params, status, payload }: CaseToKeep,
  { api, operation }: Place,
  { applicationId, at }: { readonly applicationId: string | null; readonly at: number },
): NewRow<'sandbox_case'> => ({
  application_id: applicationId ?? '',
  api_id: api.id,
  operation_id: operation.id,
  file,
  title,
  params: JSON.stringify(params),
  status,
  payload,
  updated_at: at,
})
