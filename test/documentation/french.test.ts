import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { readDocumentation, refusals } from '#contract'
import { createPortal } from '#portal'
import { examplePages } from '../pages/example-pages.js'
import { unchanged } from '../pages/hostile-strings.js'
import { platforms } from '../start/shipped-platforms.js'

const apis = platforms.flatMap((platform) => platform.apis)
const portal = createPortal({
  snapshot: () => ({
    revision: 1,
    platforms: new Map(platforms.map((each) => [each.id, each])),
    apis,
    applications: new Map(),
  }),
})
const straight = /(?<=\p{L})'(?=\p{L})/u

/** What people read in a contract or a file: texts under these names, outside examples. */
const read = new Set(['fr', 'description', 'summary', 'title'])
const shown = new Set(['example', 'examples', 'payload', 'params', 'claims', 'data'])

function textsOf(value: unknown, name = '', known = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') return read.has(name) ? [value] : []
  if (typeof value !== 'object' || value === null || known.has(value)) return []
  known.add(value)
  return Object.entries(value).flatMap(([key, inner]) =>
    shown.has(key) && !(typeof inner === 'object' && inner !== null && 'fr' in inner)
      ? []
      : textsOf(inner, Array.isArray(value) ? name : key, known),
  )
}

test('no French text of the shipped platforms has a straight apostrophe', async () => {
  const documentation = await Promise.all(platforms.map((platform) => readDocumentation(platform)))
  const texts = [
    ...textsOf(platforms.map(({ title, tour, personas }) => ({ title, tour, personas }))),
    ...textsOf(documentation),
    ...apis.flatMap(({ title, description, describedScopes, document, cases }) =>
      textsOf({ title, description, describedScopes, document, cases }),
    ),
  ]
  assert.ok(texts.length > 2_500, String(texts.length))
  assert.deepEqual(
    texts.filter((text) => straight.test(text)),
    [],
  )
})

test('no French message of the code has one', async () => {
  const wrong: string[] = []
  for await (const file of glob('src/**/*.{ts,tsx}')) {
    const source = await readFile(file, 'utf8')
    for (const [, , text = ''] of source.matchAll(/fr:\s*(["`])((?:\\.|(?!\1)[^\n])*)\1/g))
      if (straight.test(text)) wrong.push(`${file}: ${text}`)
  }
  assert.deepEqual(wrong, [])
})

test('no French page can break a line before a high sign, or shows a straight apostrophe', async () => {
  const pages = new Map<string, string>()
  for (const path of [
    '/fr',
    '/fr/nulle-part',
    ...platforms.map(({ id }) => `/fr/apis/${id}`),
    ...apis.map(({ id }) => `/fr/apis/${id}`),
    ...Object.keys(refusals).map((code) => `/problems/${code}?language=fr`),
  ])
    pages.set(path, await (await portal.request(path)).text())
  for (const [name, render] of examplePages) pages.set(name, render('fr', unchanged))
  const wrong = [...pages].flatMap(([name, html]) =>
    proseOf(html).flatMap((text) =>
      / [:;!?»](?:\s|$)|« /.test(text) || straight.test(text) ? [`${name}: ${text}`] : [],
    ),
  )
  assert.deepEqual(wrong.slice(0, 40), [])
})

test('every text of the shipped contracts and cases is in English too', () => {
  const missing: string[] = []
  const walk = (value: unknown, at: string, known: Set<unknown>): void => {
    if (typeof value !== 'object' || value === null || known.has(value)) return
    known.add(value)
    const properties = at.endsWith('/properties')
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'example' || key === 'examples') continue
      if (!properties && (key === 'description' || key === 'summary') && typeof inner === 'string')
        if (!Object.hasOwn(value, `x-${key}-en`)) missing.push(`${at}/${key}: ${inner}`)
      walk(inner, `${at}/${key}`, known)
    }
  }
  for (const { id, document, cases = [] } of apis) {
    walk(document, id, new Set())
    for (const { file, title, titleEn } of cases) if (titleEn === undefined) missing.push(`${id}/${file}: ${title}`)
  }
  assert.deepEqual(missing, [])
})

/** What a page says, piece by piece, without what is to be copied. */
const proseOf = (html: string) =>
  html
    .replaceAll('<wbr/>', '')
    .replaceAll(/<(head|style|pre|code)[\s>][\s\S]*?<\/\1>/g, '')
    .split(/<[^>]*>/)
    .map((text) => text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
