import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { assets, stylesheetHref } from '#theme'
import { createPortal } from './portal.js'

const portal = createPortal({
  snapshot: () => ({ revision: 1, platforms: new Map(), apis: [], applications: new Map() }),
})

test('/ leads to the language of the browser, French first', async () => {
  const where = async (acceptLanguage: string) =>
    (await portal.request('/', { headers: { 'Accept-Language': acceptLanguage } })).headers.get('location')
  assert.equal((await portal.request('/')).status, 303)
  assert.equal(await where('de'), '/fr')
  assert.equal(await where('de, en;q=0.5'), '/en')
})

test('every answer carries the headers of a page, and only assets are kept', async () => {
  for (const path of ['/', '/fr', '/en', '/nowhere', '/assets/portique.css', '/assets/none.css']) {
    const { headers } = await portal.request(path)
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path)
    assert.equal(headers.get('cache-control'), path === '/assets/portique.css' ? 'public, max-age=3600' : 'no-store')
  }
})

test('every asset is served under its path, the stylesheet where pages look for it', async () => {
  for (const [path, { contentType, body }] of assets) {
    const answer = await portal.request(path)
    assert.equal(answer.headers.get('content-type'), contentType)
    assert.equal(await answer.text(), body)
  }
  assert.equal((await portal.request(stylesheetHref)).status, 200)
})

test('what does not exist is 404 in the language of its path', async () => {
  const english = await portal.request('/en/nowhere', { headers: { 'Accept-Language': 'fr' } })
  assert.equal(english.status, 404)
  assert.match(await english.text(), /<html lang="en">.*Page not found/s)
  const french = await portal.request('/fr/nowhere', { headers: { 'Accept-Language': 'en' } })
  assert.match(await french.text(), /<html lang="fr">.*Page introuvable/s)
  const neither = await portal.request('/frankly', { headers: { 'Accept-Language': 'en' } })
  assert.match(await neither.text(), /<html lang="en">/)
})

test('a query beyond what any page asks for is 414, in the language of its path', async () => {
  assert.equal((await portal.request(`/en?${'x'.repeat(4095)}`)).status, 200)
  for (const path of ['/en', '/en/nowhere', '/assets/portique.css']) {
    const answer = await portal.request(`${path}?${'x'.repeat(4096)}`)
    assert.equal(answer.status, 414, path)
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors/)
  }
  assert.match(
    await (await portal.request(`/en/apis?${'x'.repeat(9000)}`)).text(),
    /<html lang="en">.*Address too long/s,
  )
})

test('pages and assets go out compressed to whoever takes that', async () => {
  const plain = await portal.request('/fr')
  assert.equal(plain.headers.get('content-encoding'), null)
  assert.match(plain.headers.get('vary') ?? '', /Accept-Encoding/)
  for (const path of ['/fr', '/fr/nowhere', '/assets/portique.css']) {
    const packed = await portal.request(path, { headers: { 'Accept-Encoding': 'gzip, br' } })
    assert.equal(packed.headers.get('content-encoding'), 'gzip', path)
    const bytes = Buffer.from(await packed.arrayBuffer())
    assert.equal(gunzipSync(bytes).toString('utf8'), await (await portal.request(path)).text())
  }
})

test('the type of a refusal resolves to a page that says what to do, in both languages', async () => {
  const french = await portal.request('/problems/quota/api')
  assert.equal(french.status, 200)
  assert.match(await french.text(), /Quota de l’API dépassé/)
  assert.match(await (await portal.request('/problems/quota/api?language=en')).text(), /Quota of the API exceeded/)
  for (const unknown of ['/problems/quota/none', '/problems/__proto__/x', '/problems/constructor/name'])
    assert.equal((await portal.request(unknown)).status, 404)
})
