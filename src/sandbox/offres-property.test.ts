import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '#contract'
import { createSandbox } from './create-sandbox.js'
import {
  type Criterion,
  criteria,
  criteriaNames,
  distance,
  now,
  offersFolder,
  searches,
} from './fixtures/offres-criteria.fixture.js'
import { apiNamed, loadApis, openWire, type Wire } from './fixtures/wire.fixture.js'

let wire: Wire
/** What only searches know of each offer, by id. */
let hidden: ReadonlyMap<string, JsonObject>
let everything: ReadonlySet<string>

before(async () => {
  wire = await openWire(createSandbox({ clock: () => now }), apiNamed(await loadApis(), 'offresdemploi'))
  const lines = (await readFile(`${offersFolder}/offres-recherche.jsonl`, 'utf8')).trim().split('\n')
  hidden = new Map(lines.map((line) => JSON.parse(line)).map((row: JsonObject) => [String(row.id), row]))
  everything = new Set(hidden.keys())
})
after(() => wire.close())

interface Page {
  readonly status: number
  readonly total: number
  readonly rows: readonly JsonObject[]
}

async function page(query: string, range: string): Promise<Page> {
  const response = await fetch(`${wire.url}/offres/search?${query}&range=${range}`)
  const total = Number(response.headers.get('content-range')?.split('/')[1])
  assert.ok([200, 204, 206].includes(response.status), `${query} ${response.status}`)
  const rows = response.status === 204 ? [] : JSON.parse(await response.text()).resultats
  assert.equal(response.status, rows.length === 0 ? 204 : rows.length === total ? 200 : 206)
  return { status: response.status, total, rows }
}

async function all(query: string, size: number): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = []
  for (let first = 0; first <= 3000; first += size) {
    const found = await page(query, `${first}-${first + size - 1}`)
    rows.push(...found.rows)
    if (found.status !== 206 || rows.length >= found.total) return rows
  }
  return rows
}

describe('Offres d’emploi: every search', () => {
  const offers = new Map<string, JsonObject>()
  before(async () => {
    for (const origine of ['1', '2'])
      for (const offer of await all(`origineOffre=${origine}`, 150)) offers.set(String(offer.id), offer)
    assert.deepEqual(new Set(offers.keys()), everything)
  })

  const findsExactly = async (query: string, chosen: readonly Criterion[]) => {
    const found = (await all(query, 150)).map(({ id }) => String(id))
    const expected = [...offers]
      .filter(([id, offer]) => chosen.every(({ holds }) => holds(offer, hidden.get(id) ?? {})))
      .map(([id]) => id)
    if (expected.length <= 3149) assert.deepEqual(found.toSorted(), expected.toSorted(), query)
    return expected.length
  }

  it('finds by each criterion alone what holds it, and something', async () => {
    for (const each of criteria)
      for (const criterion of fc.sample(each, { numRuns: 1, seed: 1 }))
        assert.ok((await findsExactly(criterion.query, [criterion])) > 0, criterion.query)
  })

  it('finds exactly the offers that hold all its criteria', async () => {
    await fc.assert(
      fc.asyncProperty(searches, async ({ query, chosen }) => {
        await findsExactly(query, chosen)
      }),
      { numRuns: 40 },
    )
  })

  it('gives the whole set once and in order, whatever the length of the ranges', async () => {
    const sorts = fc.constantFrom('0', '1', '2')
    await fc.assert(
      fc.asyncProperty(searches, sorts, fc.integer({ min: 20, max: 149 }), async ({ query }, sort, size) => {
        const ordered = `${query}&sort=${sort}`
        const whole = (await all(ordered, 150)).map(({ id }) => id)
        assert.equal(new Set(whole).size, whole.length)
        if (whole.length > 900) return
        assert.deepEqual(
          (await all(ordered, size)).map(({ id }) => id),
          whole,
          ordered,
        )
      }),
      { numRuns: 25 },
    )
  })

  it('sorts by date on demand, and by distance around a commune', async () => {
    const dates = (await all('departement=59&sort=1', 150)).map((offer) => String(offer.dateCreation))
    assert.deepEqual(dates, dates.toSorted().toReversed())
    const distances = (await all('commune=69123&distance=40&sort=2', 150)).map((offer) =>
      Math.round(distance(offer, '69123') - 0.5),
    )
    for (const [index, far] of distances.entries()) if (index > 0) assert.ok(far >= (distances[index - 1] ?? 0) - 1)
    assert.ok(distances.length > 5)
  })

  it('counts in filtresPossibles what it found', async () => {
    const response = await fetch(`${wire.url}/offres/search?departement=44&range=0-0`)
    const total = Number(response.headers.get('content-range')?.split('/')[1])
    const { filtresPossibles } = JSON.parse(await response.text())
    assert.deepEqual(
      filtresPossibles.map(({ filtre }: JsonObject) => filtre),
      ['typeContrat', 'experience', 'qualification', 'natureContrat'],
    )
    for (const { filtre, agregation } of filtresPossibles) {
      const sum = agregation.reduce((count: number, { nbResultats }: { nbResultats: number }) => count + nbResultats, 0)
      assert.ok(filtre === 'qualification' ? sum <= total : sum === total, filtre)
      for (const { valeurPossible, nbResultats } of agregation.slice(0, 2))
        assert.equal((await page(`departement=44&${filtre}=${valeurPossible}`, '0-0')).total, nbResultats, filtre)
    }
  })

  it('answers whatever is sent, and never by a fault', async () => {
    const names = [
      ...criteriaNames,
      'range',
      'sort',
      'distance',
      'inclureLimitrophes',
      'minCreationDate',
      'maxCreationDate',
      'periodeSalaire',
      'partenaires',
      'modeSelectionPartenaires',
      'codeNAF',
      'appellation',
    ]
    const odd = [
      '',
      ' ',
      ',',
      ',,',
      '-',
      '0-',
      '-1',
      '1e9',
      'NaN',
      'null',
      '[]',
      '{}',
      '%00',
      '%FF%FE',
      '%',
      '%zz',
      "'",
      '"',
      '<script>',
      '__proto__',
      'constructor',
      '../../x',
      '٣',
      '𝟘-𝟡',
      'true',
      '2026-02-31T00:00:00Z',
      '9'.repeat(400),
      'é'.repeat(300),
    ]
    const value = fc.oneof(
      fc.constantFrom(...odd),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
    )
    const parts = fc.array(fc.tuple(fc.constantFrom(...names), value), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(parts, async (sent) => {
        const query = sent.map(([name, text]) => `${name}=${text}`).join('&')
        const response = await fetch(`${wire.url}/offres/search?${query}`)
        await response.arrayBuffer()
        assert.ok([200, 204, 206, 400].includes(response.status), `${query}: ${response.status}`)
      }),
      { numRuns: 300 },
    )
  })
})
