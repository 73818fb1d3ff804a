import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomIdentifiers } from '#base'
import { type ApiVersion, collisionIn, type Platform, parseApi, type SentApi } from '#contract'
import type { Catalog, CatalogEntry, CatalogOptions, LifecycleChange, Publication } from './catalog.js'
import { catalogProblem } from './problems.js'
import { adapterOf, type PublishedApi, readPublished } from './published.js'
import { deletePublished, insertPublished, updateSettings } from './writes.js'

/** Reads what is published and follows the change feed. */
export async function createCatalog(given: CatalogOptions): Promise<Catalog> {
  const options = { identifiers: randomIdentifiers, ...given }
  const { store, log } = options
  const platforms: ReadonlyMap<string, Platform> = new Map(options.platforms.map((platform) => [platform.id, platform]))
  const ofFolders = options.platforms.flatMap(({ apis }) => apis)
  let published: ReadonlyMap<string, PublishedApi> = new Map()
  let apis: readonly ApiVersion[] = Object.freeze(ofFolders)
  let reading: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  const read = async () => {
    published = await readPublished({ store, platforms, log }, published)
    const all = [...ofFolders, ...[...published.values()].flatMap(({ api }) => (api === null ? [] : [api]))]
    const same = all.length === apis.length && all.every((api, index) => api === apis[index])
    if (same) return
    apis = Object.freeze(all)
    for (const listener of listeners) listener()
  }
  /** One reading after another; the promise tells of the reading that began after the call. */
  const refresh = () => {
    reading = reading.catch(() => {}).then(read)
    return reading
  }
  await refresh()
  const stop = store.feed.subscribe(({ topic }) => {
    if (topic === 'catalog') refresh().catch((error) => log.error('catalog/unread', { reason: String(error) }))
  })

  const held = (id: string): PublishedApi => {
    if (ofFolders.some((api) => api.id === id)) throw catalogProblem('catalog/of-folder', { id })
    const found = published.get(id)
    if (found === undefined) throw catalogProblem('catalog/unknown-api', { id })
    return found
  }

  return {
    platforms: () => platforms,
    apis: () => apis,
    list: () => [...ofFolders.map((api) => entry(api, null)), ...[...published.values()].map(storeEntry)],

    async document(id) {
      const api = apis.find((each) => each.id === id)
      if (api === undefined) throw catalogProblem('catalog/unknown-api', { id })
      if (api.source.kind === 'folder')
        return { type: 'application/yaml', text: await readFile(join(api.source.folder, 'openapi.yaml'), 'utf8') }
      return { type: 'application/json', text: JSON.stringify(await documentOf(id), null, 2) }
    },

    async publish({ platform: name, document, settings, adapter = null, replace = false, actor }: Publication) {
      const platform = platforms.get(name)
      if (platform === undefined) throw unknownPlatform(name, [...platforms.keys()])
      const { api, sent } = await checked({ platform, document, settings, adapter }, options.obstacles)
      const other = collisionIn(platform.path, api, platform.apis)
      if (other !== null)
        throw catalogProblem(
          'catalog/collision',
          { id: api.id, other: other.id },
          { fr: `(${other.id})`, en: `(${other.id})` },
        )
      const texts = {
        document: JSON.stringify(sent.document),
        settings: JSON.stringify(sent.settings),
        adapter: sent.adapter === null ? null : JSON.stringify(sent.adapter),
      }
      await insertPublished(options, { api, platform, ...texts, replace, actor })
      await refresh()
      return published.get(api.id)?.api ?? api
    },

    async withdraw({ id, actor }) {
      held(id)
      await deletePublished(options, { id, actor })
      await refresh()
    },

    async setLifecycle({ id, state, deprecatedOn, sunsetOn, actor }: LifecycleChange) {
      const { row, api } = held(id)
      const platform = platforms.get(row.platform)
      if (platform === undefined || api === null) throw catalogProblem('catalog/unknown-api', { id })
      const lifecycle = { state, deprecated_on: deprecatedOn ?? null, sunset_on: sunsetOn ?? null }
      const settings = { ...JSON.parse(row.settings), lifecycle }
      const read = await checked({
        platform,
        document: { file: 'document', value: await documentOf(id) },
        settings: { file: 'lifecycle', value: settings },
        adapter: adapterOf(row),
        published: true,
      })
      await updateSettings(options, { id, actor, settings: JSON.stringify(settings), state })
      await refresh()
      return published.get(id)?.api ?? read.api
    },

    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    close: stop,
  }

  async function documentOf(id: string): Promise<unknown> {
    const row = await store.db.selectFrom('published_api').select('document').where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw catalogProblem('catalog/unknown-api', { id })
    return JSON.parse(row.document)
  }
}

async function checked(given: SentApi, obstacles: CatalogOptions['obstacles'] = () => []) {
  const { api, sent, mistakes } = await parseApi(given)
  if (api === null) throw catalogProblem('catalog/mistakes', { mistakes })
  const found = obstacles(api)
  if (found.length > 0) throw catalogProblem('catalog/mistakes', { mistakes: found })
  return { api, sent }
}

function entry(api: ApiVersion, publishedAt: number | null): CatalogEntry {
  const { id, platform, code, version, title, lifecycle, source } = api
  return { id, platform, code, version, title, state: lifecycle.state, source: source.kind, publishedAt, offAir: null }
}

function storeEntry({ row, api, offAir }: PublishedApi): CatalogEntry {
  if (api !== null) return entry(api, row.published_at)
  const { id, platform, code, version } = row
  const title = { fr: code, en: code }
  return {
    id,
    platform,
    code,
    version,
    title,
    state: 'retired',
    source: 'store',
    publishedAt: row.published_at,
    offAir,
  }
}

function unknownPlatform(platform: string, known: readonly string[]) {
  const list = known.join(', ')
  return catalogProblem('catalog/unknown-platform', { platform }, { fr: `Connues : ${list}.`, en: `Known: ${list}.` })
}
