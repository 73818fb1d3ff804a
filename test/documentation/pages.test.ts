import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPortal } from '#portal'
import { embeddedStore } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { platforms } from '../start/shipped-platforms.js'
import { bearer } from '../start/tokens.js'
import { unescaped } from './read-commands.js'

const apis = platforms.flatMap((platform) => platform.apis)
const portal = createPortal({
  snapshot: () => ({
    revision: 1,
    platforms: new Map(platforms.map((each) => [each.id, each])),
    apis,
    applications: new Map(),
  }),
})
const read = async (path: string) => (await portal.request(path)).text()

test('the fields of a body stand in a table, with what must be sent and an example', async () => {
  const page = plain(await read('/fr/apis/france-travail/rechercher-usager/2'))
  assert.match(page, /Corps de la requête \(JSON\) .*?numeroFranceTravail texte 11 chiffres Nécessaire 99000000001/)
  const romeo = plain(await read('/fr/apis/france-travail/romeo/2'))
  assert.match(romeo, /appellations\[\]\.intitule texte .{0,80}?Nécessaire Boucher/)
  assert.doesNotMatch(romeo, /Aucun paramètre/)
  assert.match(plain(await read('/fr/apis/france-travail/peconnect-statut/1')), /Aucun paramètre/)
})

test('no table is empty, and no column of one', async () => {
  for (const { id } of apis)
    for (const [table] of (await read(`/fr/apis/${id}`)).matchAll(/<table[\s\S]*?<\/table>/g)) {
      const rows = [...table.matchAll(/<tr role="row">(?:(?!columnheader)[\s\S])*?<\/tr>/g)].map(([row]) =>
        [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => plain(cell).trim()),
      )
      assert.notEqual(rows.length, 0, `${id}: ${plain(table)}`)
      for (const column of rows[0]?.keys() ?? [])
        assert.ok(
          rows.some((cells) => cells[column] !== ''),
          `${id}: column ${column} of ${plain(table).slice(0, 200)}`,
        )
    }
})

test('types and operations are said in words', async () => {
  const html = await read('/fr/apis/api-particulier/dss-quotient-familial/3')
  const page = plain(html)
  assert.match(page, /prenoms\[\] liste .{0,100}?Angela/)
  assert.doesNotMatch(page, /\["Angela"\]|parIdentite|\b(string|integer|boolean)\b/)
  assert.equal(page.split('Au nom de la personne, avec le jeton FranceConnect').length - 1 <= 3, true)
})

test('the page of a platform has one card an API, its own services last, and folds what will be retired', async () => {
  const html = await read('/fr/apis/api-particulier')
  const [shown = '', folded = ''] = [
    html.replaceAll(/<details[\s\S]*?<\/details>/g, ''),
    html.match(/<details[\s\S]*?<\/details>/g)?.join(''),
  ]
  for (const api of apis.filter(({ platform }) => platform === 'api-particulier')) {
    const link = `href="/fr/apis/${api.id}"`
    const hidden = api.lifecycle.state === 'deprecated' || api.upstreams.production === 'gateway'
    assert.deepEqual([shown.includes(link), folded.includes(link)], [!hidden, hidden], api.id)
  }
  const cards = [
    ...(await read('/fr/apis/france-travail')).matchAll(/<h3><a href="\/fr\/apis\/france-travail\/([^/]+)/g),
  ]
  assert.equal(cards.length, 23)
  assert.equal(cards[0]?.[1], 'offresdemploi')
})

test('where the operator hands tokens out, no command asks a realm for one', async () => {
  for (const { id } of apis.filter(({ platform, access }) => platform === 'api-particulier' && access.open !== true)) {
    const html = await read(`/fr/apis/${id}`)
    assert.match(html, /TOKEN est un jeton de bac à sable, que l’exploitant de la plateforme vous remet/, id)
    assert.doesNotMatch(html, /grant_type/, id)
  }
})

test('the front page counts an API once, whatever its versions', async () => {
  const html = await read('/fr')
  for (const { id, apis: own } of platforms) {
    const count = new Set(own.map(({ code }) => code)).size
    assert.match(html, new RegExp(`href="#platform-${id}"(?:(?!</a>).)*>${count} API<`), id)
  }
})

test('the case for everybody else stands last of those that are shown at once', async () => {
  for (const id of ['dss-quotient-familial/3', 'etudiants/2']) {
    const html = await read(`/fr/apis/api-particulier/${id}`)
    const [, first = ''] = /<section id="cases"[\s\S]*?<table([\s\S]*?)<\/table>/.exec(html) ?? []
    const rows = first.split('<tr role="row"').slice(2)
    assert.equal(rows.length, 12, id)
    assert.match(rows.at(-1) ?? '', /Toute autre personne/, id)
    assert.equal(html.split('Toute autre personne').length, 2, id)
  }
})

test('the page of an API names its realm where the platform has several', async () => {
  assert.match(plain(await read('/fr/apis/france-travail/peconnect-statut/1')), /version 1 royaume \/individu/)
  assert.doesNotMatch(plain(await read('/fr/apis/api-particulier/etudiants/2')), /royaume/)
})

test('an English page marks each French sentence, and says once that there are some', async () => {
  for (const { id } of apis) {
    const html = await read(`/en/apis/${id}`)
    const said = html.split('Some descriptions on this page are in French only.').length - 1
    assert.equal(said, html.includes('<span lang="fr">') ? 1 : 0, id)
    assert.doesNotMatch(await read(`/fr/apis/${id}`), /lang="fr">.*lang="fr"|in French only/)
  }
})

test('a refusal that the contract says in English is in English', async () => {
  const page = plain(await read('/en/apis/api-particulier/provider-ping/2'))
  assert.match(page, /404 Unknown provider\./)
})

describe('the cases of a page', () => {
  const portique = sharedPortique(embeddedStore)
  const asked = ['dss-quotient-familial/3', 'etudiants/2', 'france-travail-statut/3', 'composition-familiale/2']

  for (const api of asked)
    test(`${api}: the example of any other person is a whole call that finds nobody`, async () => {
      const html = await (await fetch(`${portique().url}/fr/apis/api-particulier/${api}`)).text()
      const row = /<tr role="row">(?:(?!<\/tr>)[\s\S])*Toute autre personne[\s\S]*?<\/tr>/.exec(html)?.[0] ?? ''
      const params = [...row.matchAll(/<li><code>([\s\S]*?)<\/code>/g)].map(([, text = '']) =>
        unescaped(text).split('='),
      )
      assert.notEqual(params.length, 0, 'no example')
      const path = /curl -i -g &#39;([^?&]*)/.exec(html)?.[1] ?? ''
      const { token } = portique().dev.tokens.find((each) => each.environment === 'sandbox') ?? assert.fail()
      const query = new URLSearchParams(params.map(([name = '', value = '']) => [name, value]))
      const answer = await fetch(`${path}?${query}`, { headers: bearer(token) })
      assert.equal(answer.status, 404, `${path}?${query}: ${await answer.text()}`)
    })

  test('parameters are spelled as they go over the wire', async () => {
    const html = await (await fetch(`${portique().url}/fr/apis/api-particulier/dss-quotient-familial/3`)).text()
    assert.match(html, /<code>prenoms\[\]=Angela<\/code>/)
  })
})

const plain = (html: string) =>
  unescaped(html.replaceAll('<wbr/>', '').replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ')
