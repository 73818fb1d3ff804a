import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { axeFindings } from '../pages/axe-findings.js'
import { launchChromium, noChromium } from '../pages/chromium.js'
import { ownPortique } from '../start/portique.js'
import { type Application, openApplication } from './application.js'
import { openTab } from './chromium-tab.js'

/** A desktop and a telephone; then 1280 px at 200 % and at 400 % (WCAG 2.2, 1.4.4 and 1.4.10). */
const widths = [1280, 390, 640, 320] as const

describe('every page of the real flow is accessible, in Chromium', { skip: noChromium }, () => {
  const portique = ownPortique({ name: 'embedded store', databaseUrl: null })
  let browser: Browser
  let application: Application

  before(async () => {
    browser = await launchChromium()
    application = await openApplication(portique(), longName)
  })
  after(async () => {
    await browser?.close()
    application?.close()
  })

  for (const locale of ['fr-FR', 'en-GB'])
    test(`axe finds nothing, nothing scrolls sideways, and the page says what it is, in ${locale}`, async () => {
      const { page, troubles, close } = await openTab(browser, { javaScriptEnabled: true, locale })
      const said = words[locale.startsWith('fr') ? 'fr' : 'en']
      const press = (name: string) => page.getByRole('button', { name }).first().click()
      const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['personas', () => page.goto(application.start('individu'))],
        ['consent', () => press('Hugo Picard')],
        ['consents, one given', () => press(said.accept).then(() => page.goto(consents()))],
        ['consents, one withdrawn', () => press(said.withdraw)],
        ['consents, none', () => page.goto(consents())],
        ['consents of an agent', () => agent(page)],
        ['sign out?', () => page.goto(`${portique().url}/compte/deconnexion?realm=%2Findividu`)],
        ['signed out', () => press(said.signOut)],
        ['one persona', () => page.goto(application.start('employeur'))],
        ['unregistered', () => page.goto(application.start('individu', { redirect_uri: 'https://attacker.example/' }))],
        ['unknown application', () => page.goto(application.start('individu', { client_id: 'unknown' }))],
        ['bad request', () => page.goto(`${portique().url}/connexion/oauth2/authorize?realm=%2Fnobody`)],
        ['expired', () => page.goto(`${issuer()}/interaction/none`)],
      ]
      for (const [name, step] of steps) {
        await page.setViewportSize({ width: 1280, height: 844 })
        await step()
        await page.waitForLoadState()
        await judge(page, `${name}, ${locale}`, locale.slice(0, 2))
      }
      assert.deepEqual(troubles, [])
      await close()
    })

  const consents = () => `${portique().url}/compte/consentements?realm=%2Findividu`
  const issuer = () => `${portique().url}/connexion/oauth2/realms/root/realms/individu`
  const agent = async (page: Page) => {
    await page.goto(application.start('agent'))
    await page.getByRole('button', { name: 'Julie Caron' }).click()
    await page.waitForURL(`${application.origin}/**`)
    await page.goto(`${portique().url}/compte/consentements?realm=%2Fagent`)
  }
})

/** As long as a name may be, with a word that fits on no telephone. */
const longName = 'Plateforme interministérielle d’accompagnement des demandeurs d’emploi Anticonstitutionnellement'

const words = {
  fr: { accept: 'Accepter', withdraw: 'Retirer l’accès', signOut: 'Se déconnecter' },
  en: { accept: 'Accept', withdraw: 'Withdraw access', signOut: 'Sign out' },
} as const

const outline = z.object({
  lang: z.string(),
  title: z.string(),
  headings: z.array(z.tuple([z.string(), z.string()])),
  landmarks: z.number(),
  scripts: z.number(),
})

async function judge(page: Page, where: string, language: string): Promise<void> {
  const seen = outline.parse(
    await page.evaluate(`({
      lang: document.documentElement.lang, title: document.title,
      headings: [...document.querySelectorAll('h1, h2, h3')].map((each) => [each.tagName, each.innerText]),
      landmarks: document.querySelectorAll('header, main, footer').length, scripts: document.scripts.length })`),
  )
  assert.equal(seen.lang, language, where)
  assert.match(seen.title, / · Portique$/, where)
  assert.equal(seen.headings.filter(([tag]) => tag === 'H1').length, 1, where)
  assert.equal(seen.headings[0]?.[0], 'H1', where)
  assert.deepEqual([seen.landmarks, seen.scripts], [3, 0], where)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 })
    await noSidewaysScroll(page, width, where)
    // Each language and each of both widths once: a page is built alike in all four.
    if (width === (language === 'fr' ? 390 : 1280))
      assert.deepEqual(await axeFindings(page, 'everything'), [], `${where}, ${width} px`)
  }
  // The text alone twice as large, as people set it in their browser.
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
  await page.setViewportSize({ width: 640, height: 844 })
  await noSidewaysScroll(page, 640, `${where}, text at 200 %`)
}

async function noSidewaysScroll(page: Page, width: number, where: string): Promise<void> {
  const reach = await page.evaluate(`Math.max(document.documentElement.scrollWidth,
    ...[...document.querySelectorAll('body *:not(.skip):not(.unseen)')].map((each) => Math.floor(each.getBoundingClientRect().right)))`)
  assert.equal(reach, width, `${where}: it reaches ${reach} of ${width} px`)
}
