import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { control } from '../start/control.js'
import { embeddedStore } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { platforms } from '../start/shipped-platforms.js'
import { unescaped } from './read-commands.js'
import { personRows, platformNotes, seedRows } from './seed-rows.js'

const languages = ['fr', 'en'] as const

describe('the documentation in the portal', () => {
  const portique = sharedPortique(embeddedStore)
  const read = async (path: string) => {
    const answer = await fetch(`${portique().url}${path}`)
    assert.equal(answer.status, 200, path)
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    return textOf(await answer.text())
  }

  for (const language of languages) {
    test(`every row of the seed stands in the table, with its documentation (${language})`, async () => {
      const page = await read(`/${language}/apis/api-particulier`)
      for (const row of seedRows)
        for (const words of row.table[language]) assert.ok(page.includes(words), `${row.name}: « ${words} »`)
    })

    test(`so do the APIs that answer in a person’s name, who may call, and where tax data are (${language})`, async () => {
      const page = await read(`/${language}/apis/api-particulier`)
      for (const words of [...personRows[language], ...platformNotes[language]])
        assert.ok(page.includes(words), `« ${words} »`)
    })

    for (const row of seedRows)
      test(`${row.name}: parameters, data and precisions of the seed (${language})`, async () => {
        for (const api of row.apis) {
          const page = await read(`/${language}/apis/api-particulier/${api}`)
          for (const words of row.notes[language]) assert.ok(page.includes(words), `${api}: « ${words} »`)
        }
        const [first, ...others] = await Promise.all(
          row.apis.map((api) => read(`/${language}/apis/api-particulier/${api}`)),
        )
        const all = [first, ...others].join('\n')
        for (const words of row.contract[language]) assert.ok(all.includes(words), `${row.name}: « ${words} »`)
      })

    test(`every API of every platform has its page, its contract and its title in ${language}`, async () => {
      for (const { id, title } of platforms.flatMap(({ apis }) => apis)) {
        const page = await read(`/${language}/apis/${id}`)
        assert.ok(page.includes(title[language]), id)
        assert.ok(page.includes(language === 'fr' ? 'Erreurs' : 'Errors') && page.includes('Quotas'), id)
      }
    })
  }

  test('each field stands beside the scope that opens it, and each population beside its rule', async () => {
    const page = await read('/en/apis/api-particulier/mesri-statut-etudiant/3')
    assert.match(
      page,
      /data\.admissions\[\]\.est_inscrit boolean .{0,120}?mesri_admissions and mesri_admission_inscrit/,
    )
    const older = await read('/en/apis/api-particulier/etudiants/2')
    assert.match(
      older,
      /inscriptions array .{0,200}mesri_inscription_autre : statut = inscrit; regime = formation continue/,
    )
    assert.match(older, /ine string .{0,60}mesri_identifiant/)
  })

  test('the raw contract is served as it was written, of the store too', async () => {
    const answer = await fetch(`${portique().url}/openapi/api-particulier/etudiants/2`)
    assert.equal(answer.headers.get('content-type'), 'application/yaml; charset=utf-8')
    assert.match(await answer.text(), /^openapi: 3\.1\.0\n/)
    const document =
      'openapi: 3.1.0\ninfo: { title: Essai, version: "1" }\npaths: { /a: { get: { responses: { "200": { description: A } } } } }\n'
    const published = await control(portique(), 'POST', '/apis', {
      platform: 'demo',
      document,
      upstream: 'http://127.0.0.1:9/a',
    })
    assert.equal(published.status, 201, JSON.stringify(published.json))
    const own = await fetch(`${portique().url}/openapi/demo/essai/1`)
    assert.equal(own.headers.get('content-type'), 'application/json; charset=utf-8')
    assert.match(await read('/fr/apis/demo/essai/1'), /Essai/)
  })

  test('what does not exist is 404', async () => {
    for (const path of [
      '/fr/apis/none',
      '/fr/apis/demo/none/1',
      '/en/apis/demo/annuaire/9',
      '/openapi/demo/none/1',
      '/fr/apis/constructor',
    ])
      assert.equal((await fetch(`${portique().url}${path}`)).status, 404, path)
  })
})

/** What a page says, without its markup. */
const textOf = (html: string) =>
  unescaped(
    html
      .replace(/<(head|style)[\s\S]*?<\/\1>/g, '')
      .replaceAll('<wbr/>', '')
      .replaceAll(/<[^>]*>/g, ' '),
  ).replaceAll(/\s+/g, ' ')
