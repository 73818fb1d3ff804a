import type { Transaction } from 'kysely'
import type { Clock, Identifiers } from '#base'
import { type ApiVersion, collisionIn, type Platform } from '#contract'
import type { Database, Store } from '#storage'
import { catalogProblem } from './problems.js'

export interface WriteOptions {
  readonly store: Store
  readonly identifiers: Identifiers
  readonly now: Clock
}

export interface Written {
  readonly api: ApiVersion
  readonly platform: Platform
  readonly document: string
  readonly settings: string
  readonly adapter: string | null
  readonly replace: boolean
  readonly actor: string
}

/** Puts a checked version into the store, with its audit entry and its change. */
export async function insertPublished(options: WriteOptions, written: Written): Promise<void> {
  const { id, platform, code, version } = written.api
  const { document, settings, adapter } = written
  await options.store.transaction(async (transaction) => {
    await refuseCollision(transaction, written)
    const row = { id, platform, code, version, document, settings, adapter, published_at: options.now() }
    const inserted = await transaction
      .insertInto('published_api')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted === undefined) {
      if (!written.replace) throw catalogProblem('catalog/published', { id })
      await replace(transaction, row)
    }
    await tell(transaction, options, {
      id,
      actor: written.actor,
      action: inserted ? 'catalog.publish' : 'catalog.replace',
    })
  })
}

/** A sandbox marker can make two different codes the same path. */
async function refuseCollision(transaction: Transaction<Database>, { api, platform }: Written): Promise<void> {
  const others = await transaction
    .selectFrom('published_api')
    .select(['id', 'code', 'version'])
    .where('platform', '=', api.platform)
    .where('id', '!=', api.id)
    .execute()
  const other = collisionIn(platform.path, api, others)
  if (other !== null) throw catalogProblem('catalog/collision', { id: api.id, other: other.id })
}

/** `published_at` always moves, so that no reader takes the new row for the old one. */
function replace(transaction: Transaction<Database>, row: Database['published_api']) {
  return transaction
    .updateTable('published_api')
    .set((expression) => ({
      document: row.document,
      settings: row.settings,
      adapter: row.adapter,
      published_at: expression
        .case()
        .when('published_at', '>=', row.published_at)
        .then(expression('published_at', '+', 1))
        .else(row.published_at)
        .end(),
    }))
    .where('id', '=', row.id)
    .execute()
}

export async function deletePublished(
  options: WriteOptions,
  { id, actor }: { readonly id: string; readonly actor: string },
) {
  await options.store.transaction(async (transaction) => {
    const gone = await transaction.deleteFrom('published_api').where('id', '=', id).returning('id').executeTakeFirst()
    if (gone === undefined) throw catalogProblem('catalog/unknown-api', { id })
    await tell(transaction, options, { id, actor, action: 'catalog.withdraw' })
  })
}

export async function updateSettings(
  options: WriteOptions,
  {
    id,
    actor,
    settings,
    state,
  }: { readonly id: string; readonly actor: string; readonly settings: string; readonly state: string },
): Promise<void> {
  await options.store.transaction(async (transaction) => {
    const changed = await transaction
      .updateTable('published_api')
      .set({ settings })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst()
    if (changed === undefined) throw catalogProblem('catalog/unknown-api', { id })
    await tell(transaction, options, { id, actor, action: 'catalog.lifecycle', detail: { state } })
  })
}

interface Deed {
  readonly id: string
  readonly actor: string
  readonly action: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The audit entry and the change, in the transaction of the deed. */
async function tell(
  transaction: Transaction<Database>,
  { store, identifiers, now }: WriteOptions,
  deed: Deed,
): Promise<void> {
  const detail = JSON.stringify(deed.detail ?? {})
  const entry = {
    id: identifiers.id('aud'),
    at: now(),
    actor: deed.actor,
    action: deed.action,
    object: `api:${deed.id}`,
    detail,
  }
  await transaction.insertInto('audit').values(entry).execute()
  await store.feed.publish(transaction, { topic: 'catalog', key: deed.id })
}
