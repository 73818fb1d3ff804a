import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { launchChromium, noChromium } from '../pages/chromium.js'
import { ownPortique } from '../start/portique.js'
import { type Application, openApplication, read } from './application.js'
import { openTab } from './chromium-tab.js'

describe('the whole flow with the keyboard alone, in Chromium', { skip: noChromium }, () => {
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

  test('Tab reaches everything in order and in sight, Enter and Space press it', async () => {
    // The page's own scripts are none; the test reads the focus with its own.
    const { page, close } = await openTab(browser, { javaScriptEnabled: true, width: 390 })
    await page.goto(application.start('individu'))
    assert.deepEqual((await tabTo(page, 'Angela Martin')).slice(0, 3), ['Aller au contenu', 'English', 'Angela Martin'])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Partager vos données' }).waitFor()
    const stops = await tabTo(page, 'Accepter')
    assert.deepEqual(stops, ['Aller au contenu', 'English', 'Mes autorisations', 'Refuser', 'Accepter'])
    await page.keyboard.press('Space')
    await page.waitForURL(`${application.origin}/callback?**`)
    const { access_token } = await application.redeem('individu')

    await page.goto(`${portique().url}/compte/consentements`)
    const before = await tabTo(page, 'Retirer l’accès')
    assert.deepEqual(before, ['Aller au contenu', 'English', 'Retirer l’accès de Mon parcours emploi'])
    await page.keyboard.press('Enter')
    await page.getByText('Accès retiré', { exact: true }).waitFor()
    assert.equal((await read(portique(), 'individu', access_token)).status, 401)

    await tabTo(page, 'Se déconnecter')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Se déconnecter' }).waitFor()
    assert.deepEqual((await tabTo(page, 'Se déconnecter')).slice(-2), ['Garder ma session', 'Se déconnecter'])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Déconnexion effectuée' }).waitFor()
    await close()
  })

  test('the skip link leads past what every page repeats', async () => {
    const { page, close } = await openTab(browser, { javaScriptEnabled: true })
    await page.goto(application.start('individu'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.id'), 'content')
    await page.keyboard.press('Tab')
    assert.equal((await focus(page)).says, 'Angela Martin')
    await close()
  })
})

const focused = z.object({ says: z.string(), outline: z.string(), seen: z.boolean() })

async function focus(page: Page) {
  return focused.parse(
    await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => {
      const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
      const says = (element.querySelector('.who') ?? element).innerText.replace(/\\s+/g, ' ').trim()
      const outline = parseFloat(style.outlineWidth) >= 2 ? style.outlineStyle : 'thin'
      return { says, outline, seen: box.height >= 18 && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight }
    })`),
  )
}

/** Presses Tab until the element that begins with these words has the focus. Resolves to what it passed, all of it seen and outlined. */
async function tabTo(page: Page, words: string): Promise<readonly string[]> {
  const passed: string[] = []
  while (passed.length < 40) {
    await page.keyboard.press('Tab')
    const { says, outline, seen } = await focus(page)
    assert.deepEqual([outline, seen], ['solid', true], says)
    passed.push(says)
    if (says.startsWith(words)) return passed
  }
  return assert.fail(`Tab does not reach ${words}: ${passed.join(', ')}`)
}
