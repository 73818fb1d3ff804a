import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axeFindings } from './axe-findings.js'
import { launchChromium, noChromium } from './chromium.js'
import { examplePages } from './example-pages.js'
import { hostileStrings, rewordWith, unchanged } from './hostile-strings.js'
import { type OpenPage, openPage } from './open-page.js'
import { portalPages } from './portal-pages.js'
import { type ServedPages, servePages } from './serve-pages.js'

const languages = ['fr', 'en'] as const
const schemes = ['light', 'dark'] as const
const widths = [360, 1280] as const
const everything = hostileStrings.join(' ')
const names = [...examplePages.keys(), ...(await portalPages('fr', (said) => said)).keys()]

describe('pages in Chromium', { skip: noChromium }, () => {
  let browser: Browser
  let served: ServedPages
  let open: OpenPage

  before(async () => {
    const documents = await allDocuments()
    served = await servePages((path) => documents.get(path) ?? null)
    browser = await launchChromium()
    open = await openPage(browser)
  })
  after(async () => {
    await browser?.close()
    await served?.close()
  })

  for (const name of names)
    test(`${name}: axe finds nothing grave, in both languages, schemes and widths`, async () => {
      const { page } = open
      for (const language of languages) {
        await page.goto(`${served.origin}/${language}/${name}`)
        for (const width of widths)
          for (const colorScheme of schemes) {
            // Every two of language, width and scheme meet once: half of all, and each page is long.
            const once = language === 'fr' ? width === 360 : width === 1280
            if (once !== (colorScheme === 'light')) continue
            await page.setViewportSize({ width, height: 800 })
            await page.emulateMedia({ colorScheme })
            const which = colorScheme === 'light' ? 'everything' : 'colours'
            assert.deepEqual(await axeFindings(page, which), [], `${language}, ${colorScheme}, ${width} px`)
          }
      }
    })

  test('no page scrolls sideways at 320 px, and hostile text runs nothing', async () => {
    const { page } = open
    await page.setViewportSize({ width: 320, height: 640 })
    for (const name of names)
      for (const folder of ['fr', 'en', 'hostile']) {
        await page.goto(`${served.origin}/${folder}/${name}`)
        const seen = await page.evaluate(
          '[document.documentElement.scrollWidth, document.scripts.length, typeof window.pwned]',
        )
        assert.deepEqual(seen, [320, 0, 'undefined'], `${folder}/${name}`)
      }
  })

  test('on paper there is ink on white and nothing to press', async () => {
    const { page } = open
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.goto(`${served.origin}/fr/consents`)
    assert.deepEqual(
      await page.evaluate(
        '[getComputedStyle(document.body).backgroundColor, [...document.querySelectorAll("button, .language")].filter((each) => each.checkVisibility()).length]',
      ),
      ['rgb(255, 255, 255)', 0],
    )
    await page.emulateMedia({ media: 'screen' })
  })

  test('no page met an error, a refused policy or a failed load', () => assert.deepEqual(open.troubles, []))
})

async function allDocuments(): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>()
  for (const language of languages) {
    for (const [name, render] of examplePages) documents.set(`/${language}/${name}`, render(language, unchanged))
    for (const [name, html] of await portalPages(language, (said) => said)) documents.set(`/${language}/${name}`, html)
  }
  for (const [name, render] of examplePages) documents.set(`/hostile/${name}`, render('fr', rewordWith(everything)))
  for (const [name, html] of await portalPages('fr', () => everything)) documents.set(`/hostile/${name}`, html)
  return documents
}
