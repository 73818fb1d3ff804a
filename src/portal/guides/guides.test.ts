import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { loadPlatforms } from '#contract'
import { createPortal } from '#portal'
import { type GuideEntry, guideHref, guides } from './guide-list.js'
import { markdownBlocks } from './markdown-blocks.js'

const { platforms } = await loadPlatforms('platforms')
const snapshot = () => ({
  revision: 1,
  platforms: new Map(platforms.map((each) => [each.id, each])),
  apis: platforms.flatMap(({ apis }) => apis),
  applications: new Map(),
})
const portal = createPortal({ snapshot, guides: 'docs/guides' })
const read = async (path: string) => {
  const answer = await portal.request(path)
  assert.equal(answer.status, 200, path)
  return answer.text()
}

test('the front page leads to the guides, and they to each other', async () => {
  assert.match(await read('/fr'), /href="\/fr\/guides"/)
  assert.doesNotMatch(await (await createPortal({ snapshot }).request('/fr')).text(), /guides/)
  assert.match(await read('/fr/apis/demo'), /href="\/fr\/guides"/)
  assert.match(await read('/en/apis/demo/annuaire/1'), /href="\/en\/guides\/integrator"/)
  const list = await read('/fr/guides')
  for (const { name } of guides) assert.ok(list.includes(`href="/fr/guides/${name}"`), name)
  const known = new Set(['fr', 'en'].flatMap((language) => guides.map(({ name }) => `/${language}/guides/${name}`)))
  for (const path of known) {
    const html = await read(path)
    for (const [, href = ''] of html.matchAll(/<a href="([^"]+)"/g)) {
      const [target = '', anchor] = href.split('#')
      if (!href.startsWith('/') && !href.startsWith('#')) assert.match(href, /^https?:\/\//, path)
      if (!target.includes('/guides/') && !href.startsWith('#')) continue
      if (target !== '') assert.ok(known.has(target), `${path}: ${href}`)
      if (anchor === undefined) continue
      const there = target === '' ? html : await read(target)
      assert.ok(there.includes(`id="${anchor}"`), `${path}: nothing is called ${href}`)
    }
  }
})

test('the front page says that the data are made up', async () => {
  assert.match(await read('/fr'), /avec des données inventées/)
  assert.match(await read('/en'), /with made-up data/)
})

test('a guide that is in English only says so on a French page, and is marked', async () => {
  assert.match(await read('/fr/guides/sign-in'), /Ce guide est en anglais[\s\S]*<div lang="en">/)
  assert.match(await read('/fr/guides/integrator'), /<h1>Guide de l’intégrateur<\/h1>/)
  assert.doesNotMatch(await read('/en/guides/sign-in'), /lang="en">\s*<h1|en anglais/)
})

test('a link that leads out of the guides names the file', async () => {
  const html = (await read('/en/guides/integrator')).replaceAll(/<[^>]*>/g, '').replaceAll('\u2060', '')
  for (const named of [
    'how it differs (platforms/france-travail/README.md)',
    'refusal code (docs/reference/refusals.md)',
  ])
    assert.ok(html.includes(named), named)
})

test('no mark of Markdown is left on a page', async () => {
  for (const { name } of guides) {
    const html = (await read(`/en/guides/${name}`)).replaceAll(/<code>[\s\S]*?<\/code>/g, '')
    assert.doesNotMatch(html.replaceAll(/<[^>]*>/g, ' '), /\*\*|```|\]\(|(?:^|\s)#{1,6} |\|/, name)
  }
})

test('every guide of the list is a file, in each of its languages', async () => {
  const files = await readdir('docs/guides')
  for (const { name, languages } of guides as readonly GuideEntry[]) {
    assert.ok(files.includes(`${name}.md`), name)
    assert.equal(files.includes(`${name}.fr.md`), languages.includes('fr'), name)
  }
})

test('what no guide is called is 404, and no path leads out of the folder', async () => {
  for (const path of [
    '/fr/guides/none',
    '/en/guides/operator',
    '/en/guides/..%2f..%2fREADME',
    '/fr/guides/constructor',
  ])
    assert.equal((await portal.request(path)).status, 404, path)
  for (const target of ['../reference/refusals.md', 'javascript:alert(1)', '//ailleurs.exemple', 'operator.md'])
    assert.equal(guideHref(target, 'fr'), null, target)
})

test('the blocks of Markdown', () => {
  assert.deepEqual(
    markdownBlocks(
      '# A `b`\n\none\ntwo\n- x\n  y\n- z\n\n1. p\n\n```sh\n# c | d\n```\n| h | |\n|---|---|\n| `a \\| b` | c |\n',
    ),
    [
      { kind: 'heading', level: 1, text: 'A `b`' },
      { kind: 'paragraph', text: 'one two' },
      { kind: 'list', ordered: false, items: ['x y', 'z'] },
      { kind: 'list', ordered: true, items: ['p'] },
      { kind: 'code', text: '# c | d' },
      { kind: 'table', head: ['h', ''], rows: [['`a | b`', 'c']] },
    ],
  )
  assert.deepEqual(markdownBlocks('```\nnever closed'), [{ kind: 'code', text: 'never closed' }])
})
