import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiVersion, Json } from '#contract'
import { called, givenToken } from '../api-particulier/caller.js'
import { embeddedStore } from '../start/place.js'
import { ownPortique, type Portique } from '../start/portique.js'
import { platforms } from '../start/shipped-platforms.js'
import { readCommands, unescaped } from './read-commands.js'

const shaped = platforms
  .flatMap(({ apis }) => apis)
  .filter(({ platform, dataScopes = [] }) => platform === 'api-particulier' && dataScopes.length > 0)

describe('the answer that a page shows for some scopes', () => {
  const portique = ownPortique(embeddedStore)

  test('the page of every API of personal data has one', () => assert.equal(shaped.length, 21))

  for (const api of shaped)
    test(`${api.id}: is what the sandbox answers to the same call and a token of these scopes`, async () => {
      const all = api.dataScopes ?? []
      const [first = assert.fail(), ...others] = all
      for (const scopes of [all, [first], others, all.slice(1, 2)].filter((set) => set.length > 0)) {
        const page = await shownFor(portique(), api, scopes)
        const { token } = await givenToken(portique(), { scopes })
        const answer = await called(portique(), page.call, { token })
        assert.deepEqual(page.shown, answer.body, scopes.join(' '))
        assert.match(page.html, new RegExp(`[Ss]tatut\\s${answer.status}`))
      }
    })

  test('a token of no scope of the API is refused, as the platform refuses', async () => {
    const { token } = await givenToken(portique(), { scopes: ['men_statut_identite'] })
    for (const id of ['dss-quotient-familial/3', 'etudiants/2']) {
      const api = shaped.find((each) => each.id.endsWith(id)) ?? assert.fail(id)
      const { html, shown, call } = await shownFor(portique(), api, [])
      const answer = await called(portique(), call, { token })
      assert.deepEqual([shown, answer.status], [answer.body, api.version === '2' ? 401 : 403])
      assert.match(html, new RegExp(`l’appel est refusé, statut ${answer.status}`))
    }
  })

  test('the choice is kept, and goes along to the other language', async () => {
    const api = shaped.find(({ code }) => code === 'dss-quotient-familial') ?? assert.fail()
    const { html } = await shownFor(portique(), api, ['cnaf_enfants'])
    assert.deepEqual(
      [...html.matchAll(/<input type="checkbox"[^>]*value="(\w+)"[^>]* checked/g)].map(([, scope]) => scope),
      ['cnaf_enfants'],
    )
    assert.match(html, /href="\/en\/apis\/[^"?]*\?chosen=yes&amp;scope=cnaf_enfants"/)
  })

  test('months that move with the calendar stand as they do in the answer', async () => {
    const moved = await fetch(`${portique().url}/dev/clock`, {
      method: 'POST',
      body: JSON.stringify({ advanceSeconds: 70 * 86_400 }),
      headers: { authorization: `Bearer ${portique().dev.control_token}`, 'content-type': 'application/json' },
    })
    assert.equal(moved.status, 200, await moved.text())
    const api = shaped.find(({ code }) => code === 'dss-quotient-familial') ?? assert.fail()
    const { shown, call } = await shownFor(portique(), api, api.dataScopes ?? [])
    const { token } = await givenToken(portique(), { scopes: api.dataScopes ?? [] })
    assert.deepEqual(shown, (await called(portique(), call, { token })).body)
  })

  test('a scope that the API does not have changes nothing', async () => {
    const api = shaped.find(({ code }) => code === 'dss-quotient-familial') ?? assert.fail()
    const one = await shownFor(portique(), api, ['cnaf_enfants'])
    const more = await shownFor(portique(), api, ['cnaf_enfants', '"><script>', 'men_statut_identite'])
    assert.equal(more.html, one.html)
  })
})

async function shownFor({ url }: Portique, { id }: ApiVersion, scopes: readonly string[]) {
  const query = new URLSearchParams([['chosen', 'yes'], ...scopes.map((scope) => ['scope', scope])])
  const html = await (await fetch(`${url}/fr/apis/${id}?${query}`)).text()
  const section = /<section id="answer"[\s\S]*?<pre><code>([\s\S]*?)<\/code>/.exec(html)?.[1]
  const target = /curl -i -g '([^']*)'/.exec(readCommands(html).commands)?.[1] ?? assert.fail('no call')
  const shown: Json = JSON.parse(unescaped(section ?? assert.fail(`${id}: no answer`)))
  return { html, shown, call: target.slice(url.length) }
}
