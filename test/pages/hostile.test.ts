import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderConsentPage, renderSignedOutPage } from '../../src/authorization/pages/index.js'
import { examplePages } from './example-pages.js'
import { consentProps, context } from './example-props.js'
import { hostileStrings, rewordWith, unchanged } from './hostile-strings.js'
import { portalPages } from './portal-pages.js'

const languages = ['fr', 'en'] as const

for (const [name, render] of examplePages)
  test(`${name}: hostile text in every prop adds no element, no attribute and no disorder`, () => {
    for (const language of languages)
      for (const hostile of hostileStrings)
        holds(render(language, unchanged), render(language, rewordWith(hostile)), hostile)
  })

test('the front page: hostile titles and descriptions add no element and no attribute', async () => {
  const plain = await portalPages('fr', (said) => said)
  for (const hostile of hostileStrings) {
    const pages = await portalPages('fr', () => hostile)
    for (const [name, html] of pages) holds(plain.get(name) ?? '', html, hostile)
  }
})

test('an address of an application is linked only if it is http or https', () => {
  for (const href of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//ailleurs.exemple',
    'https://a:b@ailleurs.exemple/',
    'nulle part',
  ]) {
    const consent = renderConsentPage({ ...consentProps('fr'), privacyHref: href })
    const out = renderSignedOutPage({ ...context('fr', 'x'), realmTitle: 'x', returnTo: { name: 'x', href } })
    assert.ok(!consent.includes(href) && !consent.includes('rel="noreferrer"'), href)
    assert.ok(!out.includes('class="button"'), href)
  }
  assert.match(renderConsentPage(consentProps('fr')), /href="https:\/\/parcours\.exemple\.fr\/donnees"/)
})

test('an e-mail address that could add headers is not linked', () => {
  const contact = { name: 'x', email: 'dpo@exemple.fr?bcc=tous@exemple.fr' }
  assert.doesNotMatch(renderConsentPage({ ...consentProps('fr'), contact }), /mailto:/)
})

function holds(plain: string, html: string, hostile: string): void {
  const known = new Set(skeleton(plain))
  const about = JSON.stringify(hostile.slice(0, 60))
  assert.deepEqual(
    skeleton(html).filter((tag) => !known.has(tag)),
    [],
    about,
  )
  assert.equal(html.replace(/<[^>]*>/g, '').search(/[\u202a-\u202e\u2066-\u2069\ufeff]/), -1, about)
}

/** Each tag with the names of its attributes. */
function skeleton(html: string): readonly string[] {
  return [...html.matchAll(/<\/?([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|<(?!!doctype)/gi)].map(
    ([tag, name, attributes = '']) =>
      name === undefined
        ? `stray ${tag}`
        : [name, ...[...attributes.matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)].map(([, each]) => each)].join(' '),
  )
}
