import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Fields, isProblem, silentLog } from '#base'
import { createCatalog, settingsFromChoices } from '#catalog'
import { type ApiVersion, apiProjection, loadPlatforms } from '#contract'
import type { Store } from '#storage'
import { onBothStores } from './both-stores.fixture.js'

const { platforms } = await loadPlatforms('platforms')
const demo = platforms.filter(({ id }) => id === 'demo')
const text = `openapi: 3.1.0
info: { title: État civil, version: 2.4.0 }
paths:
  /actes:
    get:
      operationId: listerActes
      responses: { "200": { description: Actes, content: { application/json: { schema: { type: array }, example: [] } } } }
`
const document = { file: 'openapi.yaml', text }
const choices = { upstreams: ['https://actes.example/v2'], code: 'actes', version: '2' }
const settings = { file: 'command', value: settingsFromChoices(null, choices) }
const publication = { platform: 'demo', document, settings, actor: 'tester' }
const code = (wanted: string) => (error: unknown) => isProblem(error) && error.code === wanted

/** Rows as an older version wrote them: what it took is refused today. */
const row = (name: string, responses: object) => ({
  ...{ id: `demo/${name}/1`, platform: 'demo', code: name, version: '1', adapter: null, published_at: 1 },
  document: JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Anciens', version: '1' },
    paths: { '/dossiers': { get: { operationId: 'lire', responses } } },
  }),
  settings: JSON.stringify({
    ...{ code: name, version: '1', upstreams: { production: [{ url: 'https://anciens.example' }] } },
    access: { personal_data: true },
    scopes: { required: ['dossiers'] },
    quotas: [{ key: 'token', limit: 4, periodSeconds: 1 }],
  }),
})
const json = (schema: object) => ({ description: 'x', content: { 'application/json': { schema } } })
const string = { type: 'string' }
const older = row('anciens', {
  default: json({
    type: 'object',
    properties: { nom: string, erreur: string, connu: { ...string, 'x-scope': 'dossiers' } },
  }),
  '500': json({ type: 'object', additionalProperties: true }),
})
const older302 = row('vieux', { '302': { description: 'x', content: { 'text/html': {} } } })

/** What a caller with the scope sees of everything that a provider could say. */
function seenOf(api: ApiVersion, status: number) {
  const [operation] = api.operations
  assert.ok(operation)
  const answer = apiProjection(api)(operation)?.answer(status, 'application/json')
  assert.ok(typeof answer === 'function')
  const said = status === 200 ? { nom: 'Lovelace', connu: 'Ada', autre: 1 } : { erreur: 'aucun', autre: 'Lovelace' }
  const seen = answer(said, new Set(['dossiers']))
  return 'body' in seen ? seen.body : seen
}

const catalogOf = (store: Store) => createCatalog({ store, platforms: demo, now: Date.now, log: silentLog })

onBothStores('the catalogue', process.env.DATABASE_URL, (within) => {
  it('publishes, tells, audits, and finds it again at the next start', () =>
    within(async (store) => {
      const catalog = await catalogOf(store)
      const before = catalog.apis()
      const told: string[] = []
      store.feed.subscribe(({ topic, key }) => told.push(`${topic} ${key}`))
      const api = await catalog.publish(publication)
      assert.equal(api.id, 'demo/actes/2')
      assert.deepEqual(api.scopes.production, ['api_actesv2'])
      assert.ok(catalog.apis().includes(api) && !before.includes(api))
      assert.equal(catalog.apis(), catalog.apis())
      assert.equal(catalog.apis()[0], before[0])
      assert.deepEqual(told, ['catalog demo/actes/2'])
      const audit = await store.db.selectFrom('audit').select(['actor', 'action', 'object']).execute()
      assert.deepEqual(audit, [{ actor: 'tester', action: 'catalog.publish', object: 'api:demo/actes/2' }])
      catalog.close()
      const again = await catalogOf(store)
      assert.deepEqual(again.apis().at(-1), api)
      assert.deepEqual(
        again.list().map(({ id, source }) => [id, source]),
        [
          ['demo/annuaire/1', 'folder'],
          ['demo/actes/2', 'store'],
        ],
      )
      again.close()
    }))

  it('what was published before a rule stays on the air, tells that it breaks it, and gives out no more for that', () =>
    within(async (store) => {
      await store.db.insertInto('published_api').values([older, older302]).execute()
      const told: { event: string; fields: Fields | undefined }[] = []
      const warn = (event: string, fields?: Fields) => void told.push({ event, fields })
      const catalog = await createCatalog({ store, platforms: demo, now: Date.now, log: { ...silentLog, warn } })
      assert.deepEqual(
        catalog.list().map(({ id, offAir }) => [id, offAir]),
        [
          ['demo/annuaire/1', null],
          [older.id, null],
          [older302.id, null],
        ],
      )
      assert.deepEqual(
        told.map(({ event, fields }) => [event, fields?.api]),
        [
          ['catalog/outdated', older.id],
          ['catalog/outdated', older302.id],
        ],
      )
      for (const reason of [/quota for each token .* Count for each application/, /no scope opens it/, /error may say/])
        assert.match(String(told[0]?.fields?.mistakes), reason)
      const [, api] = catalog.apis()
      assert.ok(api)
      assert.deepEqual(seenOf(api, 200), { connu: 'Ada' })
      assert.deepEqual(seenOf(api, 404), { erreur: 'aucun' })
      assert.deepEqual(seenOf(api, 500), {})
      const retired = await catalog.setLifecycle({ id: older.id, state: 'deprecated', actor: 't' })
      assert.equal(retired.lifecycle.state, 'deprecated')
      const again = { file: 'settings', value: JSON.parse(older.settings) }
      const today = { ...publication, document: { file: 'd', text: older.document }, settings: again, replace: true }
      await assert.rejects(catalog.publish(today), code('catalog/mistakes'))
      catalog.close()
    }))

  it('replaces only when asked to, and gives the new value at once', () =>
    within(async (store) => {
      const catalog = await catalogOf(store)
      const first = await catalog.publish(publication)
      await assert.rejects(catalog.publish(publication), code('catalog/published'))
      const value = settingsFromChoices(null, { ...choices, upstreams: ['https://elsewhere.example'] })
      const second = await catalog.publish({ ...publication, settings: { file: 'command', value }, replace: true })
      assert.notEqual(first, second)
      assert.deepEqual(catalog.apis().at(-1)?.upstreams.production, [{ url: 'https://elsewhere.example', weight: 1 }])
      const third = await catalog.publish({ ...publication, replace: true })
      assert.deepEqual(third.upstreams, first.upstreams)
      catalog.close()
    }))

  it('keeps the adapter with the version, through a start and a change of its life, until it is replaced', () =>
    within(async (store) => {
      const catalog = await catalogOf(store)
      let changes = 0
      const stop = catalog.subscribe(() => {
        changes += 1
      })
      const pairs = [{ from: '/liste', to: '' }]
      const value = { operations: { listerActes: { request: { path: '/interne' }, answer: { pairs } } } }
      const adapted = { ...publication, adapter: { file: 'adapter.yaml', value } }
      const api = await catalog.publish(adapted)
      assert.equal(api.adapter?.operations.listerActes?.request.path, '/interne')
      assert.equal(changes, 1, 'whoever listens is told')
      const retired = await catalog.setLifecycle({ id: api.id, state: 'deprecated', actor: 't' })
      assert.deepEqual(retired.adapter, api.adapter)
      const again = await catalogOf(store)
      assert.deepEqual(again.apis().at(-1)?.adapter, api.adapter)
      again.close()
      stop()
      const bare = await catalog.publish({ ...publication, replace: true })
      assert.equal(bare.adapter, null)
      assert.equal(changes, 2, 'nobody listens any more')
      const wrong = { ...adapted, adapter: { file: 'adapter.yaml', text: 'operations: {}' }, replace: true }
      await assert.rejects(catalog.publish(wrong), code('catalog/mistakes'))
      assert.equal(catalog.apis().at(-1)?.adapter, null, 'nothing was written')
      catalog.close()
    }))

  it('publishes nothing that its surroundings keep from the air', () =>
    within(async (store) => {
      const mistake = { file: 'SECRETS', line: 0, column: 0, reason: 'no secret', mend: 'Give it.' }
      const options = { store, platforms: demo, now: Date.now, log: silentLog, obstacles: () => [mistake] }
      const catalog = await createCatalog(options)
      await assert.rejects(
        catalog.publish(publication),
        (error) => isProblem(error) && error.status === 422 && Array.isArray(error.detail.mistakes),
      )
      assert.deepEqual(await store.db.selectFrom('published_api').select('id').execute(), [])
      catalog.close()
    }))

  it('one of many at the same time is published', () =>
    within(async (store) => {
      const catalog = await catalogOf(store)
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => catalog.publish(publication)))
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal((await store.db.selectFrom('audit').select('id').execute()).length, 1)
      catalog.close()
    }))

  it('refuses collisions, strangers and mistakes, and writes nothing then', () =>
    within(async (store) => {
      const catalog = await catalogOf(store)
      const as = (value: unknown) => ({ ...publication, settings: { file: 'command', value } })
      const ofFolder = settingsFromChoices(null, { ...choices, code: 'annuaire', version: '1' })
      await assert.rejects(catalog.publish(as(ofFolder)), code('catalog/collision'))
      await assert.rejects(catalog.publish({ ...as(ofFolder), replace: true }), code('catalog/collision'))
      await assert.rejects(catalog.publish({ ...publication, platform: 'nowhere' }), code('catalog/unknown-platform'))
      await assert.rejects(
        catalog.publish(as({ ...settingsFromChoices(null, choices), realm: 'nobody', colour: 'red' })),
        (error) =>
          isProblem(error) &&
          error.code === 'catalog/mistakes' &&
          Array.isArray(error.detail.mistakes) &&
          error.detail.mistakes.length === 2,
      )
      await assert.rejects(
        catalog.publish({ ...publication, document: { file: 'x', text: '[' } }),
        code('catalog/mistakes'),
      )
      await assert.rejects(catalog.withdraw({ id: 'demo/annuaire/1', actor: 't' }), code('catalog/of-folder'))
      await assert.rejects(catalog.withdraw({ id: 'demo/none/1', actor: 't' }), code('catalog/unknown-api'))
      assert.deepEqual(await store.db.selectFrom('audit').select('id').execute(), [])
      assert.deepEqual(await store.db.selectFrom('published_api').select('id').execute(), [])
      catalog.close()
    }))

  it('retires and withdraws; another catalogue of the same store follows', () =>
    within(async (store) => {
      const [one, other] = [await catalogOf(store), await catalogOf(store)]
      await one.publish(publication)
      const retired = await one.setLifecycle({
        id: 'demo/actes/2',
        state: 'retired',
        sunsetOn: '2027-01-31',
        actor: 't',
      })
      assert.deepEqual(retired.lifecycle, {
        state: 'retired',
        deprecatedOn: null,
        sunsetOn: Date.parse('2027-01-31'),
      })
      const wrong = { id: 'demo/actes/2', state: 'deprecated', deprecatedOn: 'soon', actor: 't' } as const
      await assert.rejects(one.setLifecycle(wrong), code('catalog/mistakes'))
      await eventually(() => other.apis().at(-1)?.lifecycle.state === 'retired')
      await one.withdraw({ id: 'demo/actes/2', actor: 't' })
      assert.deepEqual(one.apis(), one.platforms().get('demo')?.apis)
      await eventually(() => other.apis().length === one.apis().length)
      one.close()
      other.close()
    }))

  it('a start without its platform takes an API off the air, and says how to mend that', () =>
    within(async (store) => {
      const whole = await catalogOf(store)
      const api = await whole.publish(publication)
      whole.close()
      const other = await createCatalog({ store, platforms: [], now: Date.now, log: silentLog })
      assert.equal(other.apis().length, 0)
      const [told] = other.list()
      assert.match(told?.offAir ?? '', /no platform "demo".*PORTIQUE_PLATFORMS/)
      assert.ok(told?.offAir?.includes(`portique api withdraw ${api.id}`))
      other.close()
    }))

  it('a folder that has come to hold the same path wins, and the list says so', () =>
    within(async (store) => {
      const bare = await createCatalog({
        store,
        platforms: demo.map((platform) => ({ ...platform, apis: [] })),
        now: Date.now,
        log: silentLog,
      })
      await bare.publish({
        ...publication,
        settings: { file: 'c', value: settingsFromChoices(null, { ...choices, code: 'annuaire', version: '1' }) },
      })
      bare.close()
      const catalog = await catalogOf(store)
      assert.equal(catalog.apis().length, 1)
      assert.match(catalog.list().at(-1)?.offAir ?? '', /same path/)
      catalog.close()
    }))
})

async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.ok(holds(), 'within two seconds')
}

describe('settings from choices', () => {
  it('come from the document where nothing was chosen', () => {
    const info = { info: { title: "  L'État civil ! ", version: 'v3.1' } }
    const { code, version, scopes } = settingsFromChoices(info, { upstreams: ['https://a.example'] })
    assert.deepEqual([code, version, scopes.required], ['l-etat-civil', '3', ['api_l-etat-civilv3']])
    assert.equal(settingsFromChoices([], { upstreams: ['x'] }).code, 'api')
  })
})
