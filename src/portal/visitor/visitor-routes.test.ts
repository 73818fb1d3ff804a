import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { createAccess } from '#access'
import { randomIdentifiers, silentLog } from '#base'
import { type ApiVersion, loadPlatforms } from '#contract'
import { createCallerAddress } from '#gateway'
import { exampleCatalog } from '../../../test/example/catalog.js'
import { exampleStore } from '../../../test/example/store.js'
import { createPortal } from '../portal.js'

const { platforms } = await loadPlatforms('platforms')
const shipped = platforms.flatMap((platform) => platform.apis)
const path = '/fr/apis/api-particulier/sandbox-token'
const gateway = 'https://api.exemple.fr'

interface World {
  readonly open?: boolean
  readonly apis?: readonly ApiVersion[]
}

/** The portal with the shipped platforms behind a server, for requests from wherever a trusted proxy says. */
async function setUpOn(databaseUrl: string | undefined, t: TestContext, { open = true, apis = shipped }: World = {}) {
  const clock = () => Date.parse('2026-11-28T18:00:00Z')
  const { store, vault } = await exampleStore(t, databaseUrl, clock)
  const catalog = exampleCatalog(platforms, apis)
  const access = await createAccess({
    ...{ store: store(), vault, catalog, identifiers: randomIdentifiers, clock, log: silentLog },
  })
  const visitors = { give: access.tokens.giveToVisitor, addressOf: createCallerAddress(['127.0.0.1']) }
  const portal = createPortal({
    ...{ snapshot: access.snapshot, clock, addresses: { authorization: 'https://connexion.exemple.fr', gateway } },
    ...(open && { visitors }),
  })
  const server = createServer(getRequestListener(portal.fetch)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await access.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const read = async (answer: Response) => ({
    ...{ status: answer.status, headers: answer.headers, html: await answer.text() },
  })
  return {
    ...{ access, origin, portal },
    get: async (at: string) => read(await fetch(origin + at, { redirect: 'manual' })),
    ask: async (headers: Readonly<Record<string, string>> = {}, at = path, init: RequestInit = {}) =>
      read(await fetch(origin + at, { method: 'POST', headers, redirect: 'manual', ...init })),
    tokens: async () => (await access.tokens.list()).length,
  }
}

const words = (html: string) => html.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const blocks = (html: string) =>
  [...words(html).matchAll(/<pre><code>([\s\S]*?)<\/code>/g)].map(([, text = '']) => text)
const plain = (html: string) =>
  words(html)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const { DATABASE_URL } = process.env
if (DATABASE_URL === undefined)
  test('the same on PostgreSQL', { skip: 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run' })

for (const url of DATABASE_URL === undefined ? [undefined] : [undefined, DATABASE_URL])
  describe(`the tokens that the portal gives, on ${url === undefined ? 'the embedded store' : 'PostgreSQL'}`, () => {
    const setUp = (t: TestContext, world?: World) => setUpOn(url, t, world)
    test('the button of the platform’s page gives a token, shown once, with a command, its end and its scopes', async (t) => {
      const { get, ask, access, tokens } = await setUp(t)
      for (const [language, button, promise, until] of [
        [
          'fr',
          'Obtenir un jeton de bac à sable',
          'tous leurs scopes, valable 30 jours',
          '30 jours, jusqu’au 28 décembre 2026',
        ],
        ['en', 'Get a sandbox token', 'all their scopes, valid for 30 days', '30 days, until 28 December 2026'],
      ] as const) {
        const page = await get(`/${language}/apis/api-particulier`)
        const action = /<form method="post" action="([^"]+)">[\s\S]*?<\/form>/.exec(page.html)
        assert.ok(action?.[0].includes(button), page.html)
        assert.ok(plain(page.html).includes(promise), promise)
        assert.equal(page.headers.get('referrer-policy'), 'same-origin', 'else Origin is null, which is refused')
        const answer = await ask({ 'sec-fetch-site': 'same-origin', origin: 'null' }, action?.[1])
        assert.equal(answer.status, 200, answer.html)
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        assert.equal(answer.headers.get('set-cookie'), null)
        assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'self'/)
        assert.equal(
          answer.headers.get('referrer-policy'),
          'no-referrer',
          'from the page of the token nothing goes out',
        )
        const [commands = '', token = ''] = blocks(answer.html)
        assert.ok(
          commands.startsWith(`TOKEN='${token}'\ncurl -i -g '${gateway}/v3/dss/quotient_familial/identite?`),
          commands,
        )
        const proven = await access.tokens.prove(token)
        assert.ok('scopes' in proven && proven.scopes.size > 20)
        assert.ok(plain(answer.html).includes(until), plain(answer.html))
        for (const scope of proven.scopes) assert.ok(answer.html.replaceAll('<wbr/>', '').includes(scope), scope)
        assert.match(answer.html, new RegExp(`<html lang="${language}">`))
        assert.ok(answer.html.includes(`href="/${language === 'fr' ? 'en' : 'fr'}/apis/api-particulier"`))
      }
      assert.equal(await tokens(), 2)
    })

    test('the page of an API has the button where it shows no token, and the command then calls that API', async (t) => {
      const { get, ask } = await setUp(t)
      const page = await get('/fr/apis/api-particulier/men-scolarites/5')
      const form = /<form method="post" action="([^"]+)"><input type="hidden" name="api" value="([^"]+)"/.exec(
        page.html,
      )
      assert.deepEqual(form?.slice(1), [path, 'men-scolarites/5'], page.html)
      assert.equal(page.headers.get('referrer-policy'), 'same-origin')
      const answer = await ask({}, path, { body: new URLSearchParams({ api: 'men-scolarites/5' }) })
      assert.match(blocks(answer.html)[0] ?? '', /\ncurl -i -g 'https:\/\/api\.exemple\.fr\/v5\/men\/scolarites\//)
      for (const api of ['nulle-part/1', 'men-scolarites/5/', 'offresdemploi/2', 'ping/1', '<script>', ''])
        assert.equal((await ask({}, path, { body: new URLSearchParams({ api }) })).status, 400, api)
      for (const id of ['france-travail/offresdemploi/2', 'api-particulier/ping/1'])
        assert.ok(!(await get(`/fr/apis/${id}`)).html.includes('sandbox-token'), id)
      for (const id of ['france-travail', 'piste', 'demo'])
        assert.ok(!(await get(`/fr/apis/${id}`)).html.includes('sandbox-token'), id)
    })

    test('a page of another origin gets nothing, whatever header its browser sends', async (t) => {
      const { ask, origin, tokens } = await setUp(t)
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'cross-site', origin },
        { origin: 'https://attaquant.example' },
        { origin: 'null' },
        { origin: `${origin}0` },
        { origin: origin.replace('127.0.0.1', 'localhost') },
      ]) {
        const answer = await ask(headers)
        assert.equal(answer.status, 403, JSON.stringify(headers))
        assert.match(plain(answer.html), /Un jeton ne s’obtient que depuis les pages de ce portail/)
      }
      assert.equal(await tokens(), 0)
      for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin }, {}])
        assert.equal((await ask(headers)).status, 200, JSON.stringify(headers))
    })

    test('over a limit it says 429, how long to wait and what to do, in the language of the page', async (t) => {
      const { ask, tokens } = await setUp(t)
      const from = (address: string) => ({ 'x-forwarded-for': address })
      const all = await Promise.all(Array.from({ length: 50 }, () => ask(from('203.0.113.7'))))
      assert.equal(all.filter(({ status }) => status === 200).length, 5)
      const refused = all.filter(({ status }) => status === 429)
      assert.equal(refused.length, 45)
      assert.ok(refused.every(({ headers }) => headers.get('retry-after') === '86400'))
      assert.match(
        plain(refused[0]?.html ?? ''),
        /Votre adresse a reçu 5\s+jetons en 24\s+heures.* revenez dans 1\s+jour/,
      )
      const english = await ask(from('203.0.113.7'), path.replace('/fr/', '/en/'))
      assert.match(plain(english.html), /Your address was given 5 tokens in 24 hours.* come back in 1 day/)
      assert.equal((await ask(from('203.0.113.8'))).status, 200, 'a proxy that is trusted speaks for many')
      assert.equal(await tokens(), 6)
    })

    test('an API whose sandbox is a server of its provider has no button, and a platform of such APIs gives nothing', async (t) => {
      const staged = (one: (api: ApiVersion) => boolean) =>
        shipped.map((api) =>
          one(api)
            ? { ...api, upstreams: { ...api.upstreams, sandbox: [{ url: 'https://recette.example', weight: 1 }] } }
            : api,
        )
      const school = '/fr/apis/api-particulier/men-scolarites/5'
      const some = await setUp(t, { apis: staged(({ code }) => code === 'men-scolarites') })
      assert.ok(!(await some.get(school)).html.includes('sandbox-token'))
      assert.ok((await some.get('/fr/apis/api-particulier')).html.includes('<form method="post"'))
      const named = { body: new URLSearchParams({ api: 'men-scolarites/5' }) }
      assert.equal((await some.ask({}, path, named)).status, 400)
      assert.equal((await some.ask()).status, 200)
      const all = await setUp(t, { apis: staged(({ upstreams }) => upstreams.sandbox === 'sandbox') })
      for (const at of ['/fr/apis/api-particulier', school, '/fr/apis/api-particulier/ping/1'])
        assert.ok(!(await all.get(at)).html.includes('sandbox-token'), at)
      const none = await all.ask()
      assert.equal(none.status, 403)
      assert.match(plain(none.html), /demandez le vôtre à l’exploitant/)
      assert.equal(await all.tokens(), 0)
    })

    test('closed, no page offers one, and the address says who hands them out', async (t) => {
      const { get, ask, tokens } = await setUp(t, { open: false })
      const page = await get('/fr/apis/api-particulier')
      assert.ok(!page.html.includes('<form method="post"') && page.status === 200)
      const api = await get('/en/apis/api-particulier/men-scolarites/5')
      assert.ok(!api.html.includes('<form method="post"') && api.html.includes('Bearer $TOKEN'))
      assert.ok(!api.html.includes('client_id='), 'no application gets such a token by itself')
      const answer = await ask({ 'sec-fetch-site': 'same-origin' })
      assert.equal(answer.status, 403)
      assert.match(plain(answer.html), /demandez le vôtre à l’exploitant/)
      assert.equal(await tokens(), 0)
    })

    test('when the operator has suspended the visitors, the address says so too', async (t) => {
      const { ask, access } = await setUp(t)
      assert.equal((await ask()).status, 200)
      await access.suspend({ applicationId: 'visitors-api-particulier', actor: 'operator' })
      assert.equal((await ask()).status, 403)
    })

    test('what is no such form gets an answer of its own, and no token', async (t) => {
      const { get, ask, tokens, portal } = await setUp(t)
      const shown = await get(path)
      assert.deepEqual([shown.status, shown.headers.get('location')], [303, '/fr/apis/api-particulier'])
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await ask({}, path, { method })
        assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD, POST'], method)
      }
      for (const method of ['GET', 'POST', 'PUT'])
        for (const nowhere of ['nulle-part', '__proto__', 'constructor', '%00', 'x'.repeat(5_000)])
          assert.equal((await ask({}, path.replace('api-particulier', nowhere), { method })).status, 404, nowhere)
      const without = await ask({}, path.replace('api-particulier', 'france-travail'))
      assert.equal(without.status, 404)
      assert.match(plain(without.html), /Cette plateforme ne donne pas de jetons de longue durée/)
      const body = `api=${'x'.repeat(2_000)}`
      const huge = [body, new Blob([body]).stream()].map((each) =>
        portal.request(path, { method: 'POST', body: each, ...{ duplex: 'half' } }),
      )
      for (const answer of await Promise.all(huge)) assert.equal(answer.status, 413)
      for (const odd of ['{"api":1}', '%', '\u0000', '--x--'])
        assert.equal(
          (await ask({ 'content-type': 'multipart/form-data; boundary=x' }, path, { body: odd })).status,
          200,
          odd,
        )
      assert.equal(await tokens(), 4)
    })
  })
