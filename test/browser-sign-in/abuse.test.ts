import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, type TestContext, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchChromium, noChromium } from '../pages/chromium.js'
import { ownPortique } from '../start/portique.js'
import { type Application, openApplication, read } from './application.js'
import { openTab } from './chromium-tab.js'

describe('what people and attackers do to the pages, in Chromium', { skip: noChromium }, () => {
  const portique = ownPortique({ name: 'embedded store', databaseUrl: null })
  let browser: Browser
  let application: Application

  before(async () => {
    browser = await launchChromium()
    application = await openApplication(portique(), 'Mon parcours emploi')
  })
  after(async () => {
    await browser?.close()
    application?.close()
  })

  test('an address that is not registered: a page, no redirect, no way on', async () => {
    const { page, origins, close } = await openTab(browser)
    const answer = await page.goto(application.start('individu', { redirect_uri: `${application.origin}/other` }))
    assert.equal(answer?.status(), 400)
    assert.match(await page.locator('h1').innerText(), /^Retour impossible/)
    const links = await page.getByRole('link').all()
    for (const link of links) assert.match((await link.getAttribute('href')) ?? '', /^(?:#|\/connexion\/)/)
    assert.deepEqual([...origins], [portique().url])
    assert.deepEqual(application.visits, [])
    await close()
  })

  test('every page forbids inline code, frames, referrers and what is of another origin', async () => {
    const { page, close } = await openTab(browser)
    const seen: { readonly url: string; readonly status: number; readonly headers: Record<string, string> }[] = []
    page.on('response', (response) => {
      const url = response.url()
      if (url.startsWith(portique().url) && !/\/assets\//.test(url))
        seen.push({ url, status: response.status(), headers: response.headers() })
    })
    await page.goto(application.start('individu'))
    await page.getByRole('button', { name: 'Paul Vidal' }).click()
    await page.goto(`${portique().url}/compte/consentements`)
    await page.goto(`${portique().url}/compte/deconnexion`)
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.goto(application.start('individu', { client_id: 'unknown' }))
    assert.equal(seen.filter(({ status }) => ![302, 303].includes(status)).length, 6)
    for (const { url, headers } of seen) {
      assert.equal(headers['referrer-policy'], 'no-referrer', url)
      assert.equal(headers['x-frame-options'], 'DENY', url)
      assert.equal(headers['cache-control'], 'no-store', url)
      const policy = headers['content-security-policy'] ?? ''
      assert.match(policy, /^default-src 'none'; style-src 'self'; img-src 'self'; .*frame-ancestors 'none'/, url)
      assert.doesNotMatch(policy, /unsafe|data:|\s\*/, url)
    }
    await close()
  })

  test('no page can be framed', async (t) => {
    const { page, close } = await openTab(browser, { javaScriptEnabled: true })
    const framed = `<iframe src="${portique().url}/compte/consentements"></iframe>`
    await page.goto(await attacker(t, framed))
    await page.waitForTimeout(300)
    assert.deepEqual(
      page
        .frames()
        .slice(1)
        .map((frame) => frame.url()),
      ['chrome-error://chromewebdata/'],
    )
    await close()
  })

  test('login CSRF: a form of the attacker’s own sign-in, posted by the victim’s browser, signs nobody in', async (t) => {
    const own = await openTab(browser)
    await own.page.goto(application.start('individu'))
    const form = own.page.locator('form').first()
    const action = `${portique().url}${await form.getAttribute('action')}`
    const csrf = await form.locator('input[name=csrf]').getAttribute('value')
    const victim = await openTab(browser, { javaScriptEnabled: true })
    const trap = `<form method="post" action="${action}"><input name="csrf" value="${csrf}"><input name="persona" value="angela-martin"></form>
      <script>document.forms[0].submit()</script>`
    await victim.page.goto(await attacker(t, trap))
    await victim.page.waitForURL(action)
    assert.match(await victim.page.locator('h1').innerText(), /^Cette page a expiré/)
    await victim.page.goto(application.start('individu', { prompt: 'none' }))
    assert.equal(application.answer().get('error'), 'login_required')
    await victim.close()
    await own.close()
  })

  test('a withdrawal posted from elsewhere, or without the form’s own proof, withdraws nothing', async (t) => {
    const { page, close } = await openTab(browser, { javaScriptEnabled: true })
    await page.goto(application.start('individu'))
    await page.getByRole('button', { name: 'Nadia Roussel' }).click()
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.waitForURL(`${application.origin}/**`)
    const { access_token } = await application.redeem('individu')
    await page.goto(`${portique().url}/compte/consentements`)
    const action = `${portique().url}${await page.locator('.card form').getAttribute('action')}`
    const trap = `<form method="post" action="${action}"><input name="consent" value="${application.clientId}"></form>
      <script>document.forms[0].submit()</script>`
    await page.goto(await attacker(t, trap))
    await page.getByRole('heading', { name: 'Mes autorisations' }).waitFor()
    assert.equal((await read(portique(), 'individu', access_token)).status, 200)
    await page.goto(`${portique().url}/compte/consentements`)
    await page.evaluate(`document.querySelector('.card input[name=csrf]').value = 'forged'`)
    await page.locator('.card button').click()
    await page.waitForLoadState()
    assert.match(await page.locator('h1').innerText(), /^Demande mal formée/)
    assert.equal((await read(portique(), 'individu', access_token)).status, 200)
    await close()
  })

  test('a double click sends one person once to the application', async () => {
    const { page, close } = await openTab(browser)
    await page.goto(application.start('individu'))
    const before = application.visits.length
    await page.getByRole('button', { name: 'Jean Petit' }).first().dblclick({ noWaitAfter: true })
    await page.getByRole('button', { name: 'Accepter' }).dblclick({ noWaitAfter: true })
    await page.waitForURL(`${application.origin}/**`)
    assert.equal(application.visits.length, before + 1)
    const { access_token } = await application.redeem('individu')
    assert.equal((await read(portique(), 'individu', access_token)).status, 200)
    await close()
  })

  test('an application whose callback goes on to another origin is reached', async (t) => {
    const { page, close } = await openTab(browser)
    const travelling = await openApplication(portique(), 'Voyage', `${application.origin}/home`)
    t.after(() => travelling.close())
    await page.goto(travelling.start('individu'))
    await page.getByRole('button', { name: 'Lucie Fontaine' }).click()
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.waitForURL(`${application.origin}/home`)
    assert.ok(travelling.answer().get('code'))
    await close()
  })

  test('the back button after the answer shows that the page has served, and accepting again gives nothing', async () => {
    const { page, close } = await openTab(browser)
    await page.goto(application.start('individu'))
    await page.getByRole('button', { name: 'Hugo Picard' }).first().click()
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.waitForURL(`${application.origin}/**`)
    const before = application.visits.length
    await page.goBack()
    assert.match(await page.locator('h1').innerText(), /^Cette page a expiré/)
    assert.match(await page.locator('main').innerText(), /Revenez à l’application d’où vous venez/)
    assert.equal(application.visits.length, before)
    await close()
  })

  test('a sign-in left open for half an hour has expired, and begins anew from the application', async (t) => {
    const { page, close } = await openTab(browser)
    await page.goto(application.start('individu'))
    const clock = (body: object) =>
      fetch(`${portique().url}/dev/clock`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    t.after(() => clock({ reset: true }))
    await clock({ advanceSeconds: 1801 })
    await page.getByRole('button', { name: 'Angela Martin' }).click()
    assert.match(await page.locator('h1').innerText(), /^Cette page a expiré/)
    await page.goto(application.start('individu'))
    assert.equal(await page.locator('h1').innerText(), 'Se connecter en tant que…')
    await close()
  })
})

/** A page of another origin, as an attacker serves it. */
async function attacker(t: TestContext, html: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>${html}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
