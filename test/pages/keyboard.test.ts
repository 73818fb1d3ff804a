import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { launchChromium, noChromium } from './chromium.js'
import { examplePages } from './example-pages.js'
import { unchanged } from './hostile-strings.js'
import { type OpenPage, openPage } from './open-page.js'
import { type ServedPages, servePages } from './serve-pages.js'

/** What Tab stops at, in order, by name of input or by text. */
const stops: Readonly<Record<string, readonly string[]>> = {
  'sign-in': [
    'Aller au contenu',
    'English',
    'Continuer avec IdentitéConnect',
    'identifier',
    'password',
    'Se connecter',
    'Annuler et revenir à Mon parcours emploi',
  ],
  personas: [
    'Aller au contenu',
    'English',
    'Angela Martin',
    'Karim Exemple',
    'Léa Durand',
    'Se connecter autrement',
    'Annuler et revenir',
  ],
  consent: [
    'Aller au contenu',
    'English',
    'scope',
    'dpo@exemple.fr',
    'Protection des données de l’application',
    'Mes autorisations',
    'Refuser',
    'Accepter',
  ],
  consents: [
    'Aller au contenu',
    'English',
    'Retirer l’accès de Mon parcours emploi',
    'Retirer l’accès de Un toit pour tous',
    'Se déconnecter',
  ],
  'sign-out': ['Aller au contenu', 'English', 'Garder ma session', 'Se déconnecter'],
}

const focused = z.object({ says: z.string(), outline: z.string(), seen: z.boolean() })
const readFocused = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
  return { says: element.getAttribute('name') && element.tagName === 'INPUT' ? element.name : element.innerText.replace(/\\s+/g, ' '),
    outline: style.outlineStyle, seen: box.width >= 24 && box.height >= 18 && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight }
})`

describe('the keyboard, without JavaScript of ours', { skip: noChromium }, () => {
  let browser: Browser
  let served: ServedPages
  let open: OpenPage

  before(async () => {
    served = await servePages((path) => examplePages.get(path.slice(1))?.('fr', unchanged) ?? null)
    browser = await launchChromium()
    open = await openPage(browser)
  })
  after(async () => {
    await browser?.close()
    await served?.close()
  })

  for (const [name, expected] of Object.entries(stops))
    test(`${name}: Tab stops where it should, in order, in sight and outlined`, async () => {
      await open.page.goto(`${served.origin}/${name}`)
      for (const says of expected) {
        await open.page.keyboard.press('Tab')
        const here = focused.parse(await open.page.evaluate(readFocused))
        assert.ok(here.says.startsWith(says), `${here.says}, not ${says}`)
        assert.deepEqual([here.outline, here.seen], ['solid', true], says)
      }
    })

  test('signing in by typing and Enter posts what was typed, and the CSRF field', async () => {
    const { page } = open
    await page.goto(`${served.origin}/sign-in`)
    await page.getByRole('textbox', { name: 'Identifiant' }).fill('angela@exemple.fr')
    await page.locator('#password').fill('un mot de passe')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/done')
    assert.deepEqual(posted(served), { csrf: 'k3Zp0Qm8', identifier: 'angela@exemple.fr', password: 'un mot de passe' })
  })

  test('a persona is one key press', async () => {
    await open.page.goto(`${served.origin}/personas`)
    await open.page.getByRole('button', { name: 'Karim' }).press('Enter')
    await open.page.waitForURL('**/done')
    assert.deepEqual(posted(served), { csrf: 'k3Zp0Qm8', persona: 'karim' })
  })

  test('Enter in a box of the consent refuses, and accepting sends only what was ticked', async () => {
    const { page } = open
    await page.goto(`${served.origin}/consent`)
    await page.getByRole('checkbox').press('Enter')
    await page.waitForURL('**/done')
    assert.deepEqual(posted(served), { csrf: 'k3Zp0Qm8', decision: 'refuse' })
    await page.goto(`${served.origin}/consent`)
    assert.equal(await page.getByRole('checkbox').isChecked(), false)
    await page.getByLabel('Votre adresse électronique').check()
    await page.getByRole('button', { name: 'Accepter' }).click()
    await page.waitForURL('**/done')
    assert.deepEqual(posted(served), { csrf: 'k3Zp0Qm8', scope: 'email', decision: 'accept' })
  })

  test('refusing looks exactly as accepting does', async () => {
    await open.page.goto(`${served.origin}/consent`)
    const looks = await open.page.evaluate(`[...document.querySelectorAll('[name=decision]')].map((button) => {
      const { width, height } = button.getBoundingClientRect(), { color, backgroundColor, borderColor, font } = getComputedStyle(button)
      return JSON.stringify([Math.round(width), Math.round(height), color, backgroundColor, borderColor, font])
    })`)
    const [refuse, accept, ...others] = z.array(z.string()).parse(looks)
    assert.equal(refuse, accept)
    assert.equal(others.length, 0)
  })

  test('a refused sign-in is told to the fields it is about, and the first has the focus', async () => {
    await open.page.goto(`${served.origin}/sign-in-refused`)
    for (const field of ['#identifier', '#password']) {
      const ids = (await open.page.locator(field).getAttribute('aria-describedby')) ?? ''
      assert.ok(ids.split(' ').includes('sign-in-error'))
      assert.equal(await open.page.locator(field).getAttribute('aria-invalid'), 'true')
    }
    assert.match(
      await open.page.locator('#sign-in-error').innerText(),
      /L’identifiant ou le mot de passe est incorrect\./,
    )
    assert.equal(await open.page.evaluate('document.activeElement.id'), 'identifier')
    assert.equal(await open.page.locator('#password').inputValue(), '')
  })
})

function posted({ posted }: ServedPages): Readonly<Record<string, string>> {
  return Object.fromEntries(posted.at(-1) ?? [])
}
