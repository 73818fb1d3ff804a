import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPortal } from '#portal'
import { platforms } from '../start/shipped-platforms.js'
import { unescaped } from './read-commands.js'
import { categories, type Presence, seedTables } from './seed-tables.js'

const portal = createPortal({
  snapshot: () => ({
    revision: 1,
    platforms: new Map(platforms.map((each) => [each.id, each])),
    apis: platforms.flatMap((platform) => platform.apis),
    applications: new Map(),
  }),
})
const presence: Readonly<Record<'fr' | 'en', Readonly<Record<Presence, string>>>> = {
  fr: { needed: 'Nécessaire', optional: 'Facultatif', way: 'Selon le mode d’appel' },
  en: { needed: 'Required', optional: 'Optional', way: 'Depends on the way of calling' },
}

for (const language of ['fr', 'en'] as const)
  for (const { api, parameters, data } of seedTables)
    test(`${api}: the rows of the seed's tables stand in those of the page (${language})`, async () => {
      const html = await (await portal.request(`/${language}/apis/api-particulier/${api}`)).text()
      const calls = rowsOf(html, 'calls')
      for (const [name, wanted] of Object.entries(parameters)) {
        const [, said, present] = calls.find(([first]) => first?.split(' ')[0] === name) ?? assert.fail(`no ${name}`)
        assert.equal(present, presence[language][wanted], name)
        assert.notEqual(said, '', name)
      }
      const fields = rowsOf(html, 'data')
      for (const { row, fields: wanted, scopes } of data)
        for (const field of wanted) {
          const [, said, opened = ''] =
            fields.find(([first]) => first?.split(' ')[0] === field) ?? assert.fail(`${row}: no ${field}`)
          assert.notEqual(said, '', `${row}: ${field} says nothing`)
          for (const scope of scopes) assert.ok(opened.split(' ').includes(scope), `${row}: ${field} by ${opened}`)
        }
    })

for (const language of ['fr', 'en'] as const)
  test(`each of the eight categories of job seekers is said (${language})`, async () => {
    for (const api of ['france-travail-statut/3', 'situations-pole-emploi/2']) {
      const html = await (await portal.request(`/${language}/apis/api-particulier/${api}`)).text()
      const rows = rowsOf(html, 'notes')
      for (const [index, wanted] of categories[language].entries()) {
        const [, said = ''] = rows.find(([number]) => number === String(index + 1)) ?? assert.fail(`no ${index + 1}`)
        for (const words of wanted) assert.match(said, words, `${api}, category ${index + 1}`)
      }
      assert.equal(rows.length, 8)
    }
  })

/** Rows of the tables of a section, cell by cell. */
function rowsOf(html: string, section: string): readonly (readonly string[])[] {
  const found = new RegExp(`<section id="${section}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? ''
  return [...found.matchAll(/<tr role="row"><th role="rowheader"[\s\S]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) =>
      unescaped(cell.replaceAll('<wbr/>', '').replaceAll(/<[^>]*>/g, ' '))
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ),
  )
}
