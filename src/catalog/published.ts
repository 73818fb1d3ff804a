import type { Log } from '#base'
import { type ApiVersion, collisionIn, type Mistake, type Platform, parseApi, type Sent } from '#contract'
import type { Row, Store } from '#storage'

/** A row of the store, read: on the air, or the reason why it is not. */
export interface PublishedApi {
  readonly row: Omit<Row<'published_api'>, 'document'>
  readonly api: ApiVersion | null
  readonly offAir: string | null
}

export interface PublishedOptions {
  readonly store: Store
  readonly platforms: ReadonlyMap<string, Platform>
  readonly log: Log
}

/** What is published, read again but for what has not changed since `before`: those values stay the same. */
export async function readPublished(
  options: PublishedOptions,
  before: ReadonlyMap<string, PublishedApi>,
): Promise<ReadonlyMap<string, PublishedApi>> {
  const rows = await options.store.db
    .selectFrom('published_api')
    .select(['id', 'platform', 'code', 'version', 'settings', 'adapter', 'published_at'])
    .orderBy('id')
    .execute()
  const published = new Map<string, PublishedApi>()
  for (const row of rows) {
    const known = before.get(row.id)
    const same = known?.row.published_at === row.published_at && known.row.settings === row.settings
    published.set(row.id, same ? known : await readOne(options, row))
  }
  return published
}

/** As it was sent; null: none was. */
export const adapterOf = ({ adapter }: Pick<Row<'published_api'>, 'adapter'>): Sent | null =>
  adapter === null ? null : { file: 'adapter', value: JSON.parse(adapter) }

async function readOne({ store, platforms, log }: PublishedOptions, row: PublishedApi['row']): Promise<PublishedApi> {
  const platform = platforms.get(row.platform)
  const off = (reason: string): PublishedApi => {
    log.warn('catalog/off-air', { api: row.id, reason })
    return { row, api: null, offAir: reason }
  }
  if (platform === undefined)
    return off(
      `this start has no platform "${row.platform}": start with a folder that has it (PORTIQUE_PLATFORMS), or let the API go by \`portique api withdraw ${row.id}\``,
    )
  const other = collisionIn(platform.path, row, platform.apis)
  if (other !== null) return off(`the folder's "${other.id}" has the same path`)
  const stored = await store.db
    .selectFrom('published_api')
    .select('document')
    .where('id', '=', row.id)
    .executeTakeFirst()
  if (stored === undefined) return off('it was withdrawn meanwhile')
  const { api, mistakes, tolerated } = await parseApi({
    platform,
    document: { file: 'document', value: JSON.parse(stored.document) },
    settings: { file: 'settings', value: JSON.parse(row.settings) },
    adapter: adapterOf(row),
    published: true,
  })
  if (api === null) return off(mistakes[0]?.reason ?? 'it cannot be read')
  // It was published under older rules, and whoever calls it cannot help that.
  if (tolerated.length > 0) log.warn('catalog/outdated', { api: row.id, mistakes: told(tolerated) })
  return { row, api, offAir: null }
}

/** Each once: what no file holds has no place to tell them apart by. */
const told = (mistakes: readonly Mistake[]) =>
  [...new Set(mistakes.map(({ reason, mend }) => `${reason}: ${mend}`))].join(' ')
