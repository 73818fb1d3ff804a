import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { apiNamed, loadApis, openWire, type Wire } from './fixtures/wire.fixture.js'
import { fieldValue, fieldValues } from './simulation/field.js'
import { normalise } from './simulation/normalise.js'

const folder = 'platforms/france-travail/apis/offresdemploi/2/data'
const now = Date.UTC(2026, 2, 15, 12)
let wire: Wire
/** What only searches know of each offer, by id. */
let hidden: ReadonlyMap<string, JsonObject>
let everything: ReadonlySet<string>

before(async () => {
  wire = await openWire(createSandbox({ clock: () => now }), apiNamed(await loadApis(), 'offresdemploi'))
  const lines = (await readFile(`${folder}/offres-recherche.jsonl`, 'utf8')).trim().split('\n')
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

/** A filter of the query, and what an offer it keeps must be, written apart from the simulation. */
interface Criterion {
  readonly query: string
  readonly holds: (offer: JsonObject, own: JsonObject) => boolean
}

const text = (value: Json | undefined) => (value === undefined ? undefined : String(value))
const field = (offer: JsonObject, path: string) => fieldValue(offer, path)
const flag = (name: string, path: string): fc.Arbitrary<Criterion> =>
  fc
    .boolean()
    .map((wanted) => ({ query: `${name}=${wanted}`, holds: (offer) => (field(offer, path) ?? false) === wanted }))
const among = (
  name: string,
  values: readonly string[],
  of: (offer: JsonObject, own: JsonObject) => string | undefined,
) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }).map((wanted) => ({
    query: `${name}=${wanted.join(',')}`,
    holds: (offer: JsonObject, own: JsonObject) => wanted.includes(of(offer, own) ?? ''),
  }))
const one = (
  name: string,
  values: readonly string[],
  holds: (wanted: string, offer: JsonObject, own: JsonObject) => boolean,
) =>
  fc.constantFrom(...values).map((wanted) => ({
    query: `${name}=${encodeURIComponent(wanted)}`,
    holds: (offer: JsonObject, own: JsonObject) => holds(wanted, offer, own),
  }))

const searched = (offer: JsonObject) =>
  [
    'intitule',
    'description',
    'appellationlibelle',
    'romeLibelle',
    'competences.libelle',
    'entreprise.nom',
    'secteurActiviteLibelle',
  ]
    .flatMap((path) => fieldValues(offer, path))
    .map((value) => ` ${normalise(String(value))}`)

const criteria: fc.Arbitrary<Criterion> = fc.oneof(
  among('departement', ['44', '59', '2A', '974', '75'], (_offer, own) => text(own.departement)),
  among('typeContrat', ['CDI', 'CDD', 'MIS', 'SAI'], (offer) => text(offer.typeContrat)),
  among('codeROME', ['D1505', 'G1605', 'F1701', 'M1805'], (offer) => text(offer.romeCode)),
  among('secteurActivite', ['47', '43', '56'], (offer) => text(offer.secteurActivite)),
  one('region', ['11', '84', '93'], (wanted, _offer, own) => own.region === wanted),
  one('grandDomaine', ['A', 'M18', 'M', 'C15'], (wanted, offer) => String(offer.romeCode).startsWith(wanted)),
  one('domaine', ['F17', 'G16'], (wanted, offer) => String(offer.romeCode).startsWith(wanted)),
  one('experience', ['0', '1', '2', '3', '4'], (wanted, _offer, own) => own.experience === wanted),
  one('experienceExigence', ['D', 'S', 'E'], (wanted, offer) => offer.experienceExige === wanted),
  one('qualification', ['9'], (_wanted, offer) => offer.qualificationCode === '9'),
  one('qualification', ['0'], (_wanted, offer) => /^[1-8]$/.test(String(offer.qualificationCode))),
  one('origineOffre', ['1', '2'], (wanted, offer) => field(offer, 'origineOffre.origine') === wanted),
  one('permis', ['B', 'C'], (wanted, _offer, own) => fieldValues(own, 'permis').includes(wanted)),
  one('theme', ['01', '08'], (wanted, _offer, own) => fieldValues(own, 'themes').includes(wanted)),
  one('niveauFormation', ['NV5', 'NV1'], (wanted, _offer, own) => own.niveauFormation === wanted),
  one('paysContinent', ['EU01'], (wanted, _offer, own) => own.pays === wanted),
  one('paysContinent', ['AS'], (wanted, _offer, own) => String(own.pays).startsWith(wanted)),
  one('natureContrat', ['E2', 'FS'], (wanted, _offer, own) => own.natureContrat === wanted),
  one('tempsPlein', ['true', 'false'], (wanted, _offer, own) => String(own.tempsPlein) === wanted),
  one('offresMRS', ['true', 'false'], (wanted, _offer, own) => String(own.offresMRS ?? false) === wanted),
  one(
    'publieeDepuis',
    ['1', '3', '7', '14', '31'],
    (wanted, offer) => Date.parse(String(offer.dateCreation)) >= now - Number(wanted) * 86_400_000,
  ),
  one(
    'dureeHebdoMin',
    ['3500', '3900'],
    (wanted, _offer, own) => Number(own.dureeHebdoMinutes) >= Number(wanted.slice(0, 2)) * 60,
  ),
  one(
    'dureeHebdoMax',
    ['2400', '35'],
    (wanted, _offer, own) => Number(own.dureeHebdoMinutes) <= Number(wanted.slice(0, 2)) * 60,
  ),
  one('dureeContratMin', ['6', '12'], (wanted, _offer, own) => Number(own.dureeContratMois) >= Number(wanted)),
  one('dureeContratMax', ['3', '6.5'], (wanted, _offer, own) => Number(own.dureeContratMois) <= Number(wanted)),
  one('salaireMin', ['1900', '2500'], (wanted, _offer, own) => Number(own.salaireMensuelMax) >= Number(wanted)).map(
    (criterion) => ({
      ...criterion,
      query: `${criterion.query}&periodeSalaire=M`,
    }),
  ),
  one('motsCles', ['vendeur', 'Électricité', "l'entretien", 'service,client'], (wanted, offer) =>
    normalise(wanted)
      .split(' ')
      .every((word) => searched(offer).some((own) => own.includes(` ${word}`))),
  ),
  one(
    'commune',
    ['69123', '44109'],
    (wanted, offer) => distance(offer, wanted) <= 10.01 || field(offer, 'lieuTravail.commune') === wanted,
  ),
  flag('accesTravailleurHandicape', 'accessibleTH'),
  flag('entreprisesAdaptees', 'entrepriseAdaptee'),
  flag('employeursHandiEngages', 'employeurHandiEngage'),
  flag('offresManqueCandidats', 'offresManqueCandidats'),
)

const criteriaNames = [
  'departement',
  'typeContrat',
  'codeROME',
  'secteurActivite',
  'region',
  'grandDomaine',
  'domaine',
  'experience',
  'qualification',
  'permis',
  'theme',
  'paysContinent',
  'natureContrat',
  'tempsPlein',
  'publieeDepuis',
  'dureeHebdoMin',
  'dureeContratMax',
  'salaireMin',
  'motsCles',
  'commune',
]

/** Flat-earth distance, good to a percent at this scale: an oracle that shares nothing with the haversine. */
function distance(offer: JsonObject, commune: string): number {
  const centres: Readonly<Record<string, readonly [number, number]>> = places
  const [latitude, longitude] = centres[commune] ?? [Number.NaN, Number.NaN]
  const north = (Number(field(offer, 'lieuTravail.latitude')) - latitude) * 111.2
  const east =
    (Number(field(offer, 'lieuTravail.longitude')) - longitude) * 111.2 * Math.cos((latitude * Math.PI) / 180)
  return Math.hypot(north, east) * 0.99
}
const places: Readonly<Record<string, readonly [number, number]>> = JSON.parse(
  await readFile(`${folder}/communes-coordonnees.json`, 'utf8'),
)

/** One criterion of each parameter at most; those of one OR group never together. */
const searches = fc
  .uniqueArray(criteria, {
    minLength: 1,
    maxLength: 3,
    selector: ({ query }) => query.split('=')[0]?.replace('natureContrat', 'typeContrat'),
  })
  .map((chosen) => ({ query: chosen.map(({ query }) => query).join('&'), chosen }))

describe('Offres d’emploi: every search', () => {
  it('finds exactly the offers that hold all its criteria', async () => {
    const offers = new Map<string, JsonObject>()
    for (const origine of ['1', '2'])
      for (const offer of await all(`origineOffre=${origine}`, 150)) offers.set(String(offer.id), offer)
    assert.deepEqual(new Set(offers.keys()), everything)
    await fc.assert(
      fc.asyncProperty(searches, async ({ query, chosen }) => {
        const found = (await all(query, 150)).map(({ id }) => String(id))
        const expected = [...offers]
          .filter(([id, offer]) => chosen.every(({ holds }) => holds(offer, hidden.get(id) ?? {})))
          .map(([id]) => id)
        if (expected.length > 3149) return
        assert.deepEqual(found.toSorted(), expected.toSorted(), query)
      }),
      { numRuns: 60 },
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
