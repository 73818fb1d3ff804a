import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, noChromium } from '../pages/chromium.js'
import type { RealmName } from '../sign-in/people.js'
import { ownPortique } from '../start/portique.js'
import { type Application, openApplication, read, wishes } from './application.js'
import { openTab } from './chromium-tab.js'

describe('sessions in Chromium without JavaScript', { skip: noChromium }, () => {
  const portique = ownPortique({ name: 'embedded store', databaseUrl: null })
  let browser: Browser
  let first: Application
  let second: Application

  before(async () => {
    browser = await launchChromium()
    first = await openApplication(portique(), 'Mon parcours emploi')
    second = await openApplication(portique(), 'Un toit pour tous')
  })
  after(async () => {
    await browser?.close()
    first?.close()
    second?.close()
  })

  const back = (page: Page, application: Application) => page.waitForURL(`${application.origin}/callback?**`)
  const accept = (page: Page) => page.getByRole('button', { name: 'Accepter' }).click()
  const signIn = async (page: Page, realm: RealmName, persona: string = wishes[realm].persona) => {
    await page.goto(first.start(realm))
    await page.getByRole('button', { name: persona }).click()
    if (/interaction/.test(page.url())) await accept(page)
    await back(page, first)
  }
  const silently = async (page: Page, application: Application, realm: RealmName) => {
    await page.goto(application.start(realm, { prompt: 'none' }))
    await back(page, application)
    return application.answer()
  }

  test('a second application of the realm asks for no second sign-in; signing out on the page ends both', async () => {
    const { page, close } = await openTab(browser)
    await signIn(page, 'individu')
    const one = await first.redeem('individu')
    await page.goto(second.start('individu'))
    assert.match(await page.locator('h1').innerText(), /^Partager vos données/, 'no sign-in, only the consent')
    await accept(page)
    await back(page, second)
    const two = await second.redeem('individu')
    for (const { access_token } of [one, two])
      assert.equal((await read(portique(), 'individu', access_token)).status, 200)

    await page.goto(`${portique().url}/compte/consentements`)
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    assert.equal(await page.locator('h1').innerText(), 'Déconnexion effectuée')
    for (const { access_token } of [one, two])
      assert.equal((await read(portique(), 'individu', access_token)).status, 401)
    for (const application of [first, second])
      assert.equal((await silently(page, application, 'individu')).get('error'), 'login_required')
    await close()
  })

  test('an application signs out with its ID token and gets the person back', async () => {
    const { page, close } = await openTab(browser)
    await signIn(page, 'individu', 'Mei Nguyen')
    const { id_token, access_token } = await first.redeem('individu')
    const out = new URL('/compte/deconnexion', portique().url)
    out.searchParams.set('id_token_hint', id_token)
    out.searchParams.set('redirect_uri', `${first.origin}/callback`)
    await page.goto(out.href)
    assert.equal(page.url(), `${first.origin}/callback`)
    assert.equal((await read(portique(), 'individu', access_token)).status, 401)
    await close()
  })

  test('keeping the session on the page that asks keeps it', async () => {
    const { page, close } = await openTab(browser)
    await signIn(page, 'individu', 'Lucie Fontaine')
    await page.goto(`${portique().url}/compte/deconnexion`)
    await page.getByRole('button', { name: 'Garder ma session' }).click()
    assert.ok((await silently(page, first, 'individu')).get('code'))
    await close()
  })

  test('two realms in one browser do not disturb each other', async () => {
    const { page, close } = await openTab(browser)
    await signIn(page, 'individu', 'Karim Belkacem')
    const job = await first.redeem('individu')
    await signIn(page, 'employeur')
    const company = await first.redeem('employeur')
    await signIn(page, 'agent')
    await page.goto(`${portique().url}/compte/deconnexion?realm=%2Femployeur`)
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    assert.match(await page.locator('main').innerText(), /Entreprises et recruteurs/)
    assert.equal((await read(portique(), 'employeur', company.access_token)).status, 401)
    assert.equal((await read(portique(), 'individu', job.access_token)).status, 200)
    assert.ok((await silently(page, first, 'individu')).get('code'))
    assert.ok((await silently(page, first, 'agent')).get('code'))
    assert.equal((await silently(page, first, 'employeur')).get('error'), 'login_required')
    await close()
  })

  test('prompt=none asks nothing: it answers what is missing', async () => {
    const { page, close } = await openTab(browser)
    assert.equal((await silently(page, first, 'individu')).get('error'), 'login_required')
    await signIn(page, 'individu', 'Sophie Garnier')
    assert.ok((await silently(page, first, 'individu')).get('code'))
    assert.equal((await silently(page, second, 'individu')).get('error'), 'consent_required')
    assert.equal(second.answer().get('state'), 'un état')
    await close()
  })

  test('the language chosen on one page holds on those that follow, and the application may wish for one', async () => {
    const { page, close } = await openTab(browser)
    await page.goto(first.start('individu'))
    await page.getByRole('link', { name: 'English' }).click()
    assert.equal(await page.locator('h1').innerText(), 'Sign in as…')
    await page.getByRole('button', { name: 'Olivier Dumas' }).click()
    assert.equal(await page.locator('h1').innerText(), 'Share your data?')
    await page.goto(first.start('individu', { redirect_uri: 'https://attacker.example/' }))
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    await page.getByRole('link', { name: 'Français' }).click()
    assert.match(await page.locator('h1').innerText(), /^Retour impossible/)
    await close()
    const english = await openTab(browser)
    await english.page.goto(first.start('individu', { ui_locales: 'de en' }))
    assert.equal(await english.page.locator('h1').innerText(), 'Sign in as…')
    await english.close()
  })
})
