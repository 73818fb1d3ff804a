import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeFindings } from '../pages/axe-findings.js'
import { launchChromium, noChromium } from '../pages/chromium.js'
import { control } from '../start/control.js'
import { ownPlatforms } from '../start/own-platforms.js'
import { createPlace } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'
import { openTab } from './chromium-tab.js'

const password = 'un cheval saute la haie'

describe('a realm with accounts of its own, in Chromium', { skip: noChromium }, () => {
  let portique: Portique
  let browser: Browser
  let application: Server
  const came: URL[] = []

  before(async () => {
    const place = await createPlace({ name: 'embedded store', databaseUrl: null })
    const platforms = ownPlatforms(place.folder, [
      {
        file: 'platform.yaml',
        from: 'demo: { flows: [client_credentials], access_token_seconds: 1800 }',
        to: 'demo: { flows: [authorization_code], access_token_seconds: 1800, sign_in: { accounts: true } }',
      },
    ])
    portique = await startPortique(place, { PORTIQUE_PLATFORMS: platforms })
    const account = { identifier: 'camille', password, name: 'Camille Durand' }
    const { status, json } = await control(portique, 'POST', '/realms/demo/demo/accounts', account)
    assert.equal(status, 201, JSON.stringify(json))
    application = createServer((request, response) => {
      if (request.url?.startsWith('/callback') === true) came.push(new URL(request.url, 'http://application'))
      response.end('<!doctype html>')
    }).listen(0, '127.0.0.1')
    await once(application, 'listening')
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    application?.close().closeAllConnections()
    await portique?.end('SIGKILL')
    await portique?.place.drop()
  })

  const start = () => {
    const { client_id = '' } = portique.dev.applications.find(({ type }) => type === 'public') ?? {}
    const redirect_uri = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`
    const parameters = { client_id, redirect_uri, response_type: 'code', scope: 'openid profile', state: 's' }
    const pkce = { code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' }
    return `${portique.url}/connexion/demo/demo/authorize?${new URLSearchParams({ ...parameters, ...pkce })}`
  }
  const attempt = async (page: Page, identifier: string, secret: string) => {
    await page.getByLabel('Identifiant', { exact: true }).fill(identifier)
    await page.getByLabel('Mot de passe', { exact: true }).fill(secret)
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    return (await answered).status()
  }

  test('a wrong password is told at the fields, the right one signs in; consent, and back', async () => {
    const { page, close } = await openTab(browser, { javaScriptEnabled: true, width: 390 })
    await page.goto(start())
    assert.deepEqual(await axeFindings(page, 'everything'), [])
    assert.equal(await attempt(page, 'camille', 'wrong'), 401)
    assert.match(await page.title(), /^Erreur/)
    assert.match(await page.getByRole('alert').innerText(), /L’identifiant ou le mot de passe est incorrect/)
    assert.equal(await page.evaluate('document.activeElement.id'), 'identifier')
    assert.equal(await page.getByLabel('Identifiant', { exact: true }).inputValue(), 'camille')
    assert.equal(await page.getByLabel('Mot de passe', { exact: true }).inputValue(), '')
    assert.deepEqual(await axeFindings(page, 'everything'), [])
    assert.equal(await attempt(page, 'camille', password), 303)
    assert.match(await page.locator('main').innerText(), /Camille Durand[\s\S]*Vos nom et prénoms/)
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.waitForURL('**/callback?**')
    assert.ok(came.at(-1)?.searchParams.get('code'))
    await close()
  })

  test('after five failures the account waits, whoever tries, and the page says how long', async () => {
    const { page, close } = await openTab(browser, { javaScriptEnabled: true, width: 390 })
    await page.goto(start())
    for (let failure = 1; failure <= 5; failure += 1) assert.equal(await attempt(page, 'camille', 'wrong'), 401)
    assert.equal(await attempt(page, 'camille', password), 429, 'the right password does not help')
    assert.equal(await page.locator('h1').innerText(), 'Trop d’essais')
    assert.match(await page.locator('main').innerText(), /Réessayez dans 15\s?minutes/)
    assert.deepEqual(await axeFindings(page, 'everything'), [])
    await page.getByRole('link', { name: 'Revenir à la connexion' }).click()
    assert.equal(await page.locator('h1').innerText(), 'Se connecter')
    assert.equal(await attempt(page, 'somebody-else', 'wrong'), 401, 'others go on')
    await close()
  })
})
