import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { movableClock } from '#base'
import type { JsonObject } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { apiNamed, loadApis, openWire, type Wire } from './fixtures/wire.fixture.js'

const now = Date.UTC(2026, 2, 15, 12)
let wire: Wire
const clock = movableClock(() => now)

/** How often other work had its turn while the data was read and indexed. */
let turns = 0

before(async () => {
  const api = apiNamed(await loadApis(), 'offresdemploi')
  const sandbox = createSandbox({ clock: clock.now })
  const counting = setInterval(() => {
    turns += 1
  }, 0)
  await sandbox.warm(api)
  clearInterval(counting)
  wire = await openWire(sandbox, api)
})
after(() => wire.close())

async function call(path: string) {
  const response = await fetch(`${wire.url}${path}`)
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const search = (query: string) => call(`/offres/search?${query}`)

async function offers(query: string): Promise<readonly JsonObject[]> {
  const { status, text } = await search(query)
  assert.ok(status === 200 || status === 206, `${query}: ${status} ${text}`)
  return JSON.parse(text).resultats
}

async function message(path: string): Promise<string> {
  const { status, text, headers } = await call(path)
  assert.equal(status, 400, `${path}: ${status}`)
  assert.equal(headers.get('content-type'), 'application/json;charset=UTF-8')
  const body = JSON.parse(text)
  assert.deepEqual(Object.keys(body), ['codeErreur', 'codeHttp', 'message'])
  assert.equal(body.codeHttp, 400)
  return body.message
}

describe('Offres d’emploi: once warm', () => {
  const processorMicroseconds = () => {
    const { user, system } = process.cpuUsage()
    return user + system
  }

  it('lets other work go on while it is made ready', () => assert.ok(turns > 20, `${turns} turns`))

  it('answers the first search of each kind at once, and later ones in a part of what it takes to read the offers', async () => {
    const lines = readFileSync('platforms/france-travail/apis/offresdemploi/2/data/offres.jsonl', 'utf8')
      .trim()
      .split('\n')
    const before = processorMicroseconds()
    for (const line of lines) JSON.parse(line)
    const reading = processorMicroseconds() - before
    // The client and the code that all searches share.
    await search('range=0-1')
    for (const query of [
      'sort=1',
      'motsCles=infirmier',
      'commune=44109&distance=30',
      'departement=44&codeNAF=56.10A',
    ]) {
      const begun = processorMicroseconds()
      await search(`${query}&range=0-1`)
      const spent = processorMicroseconds() - begun
      assert.ok(spent < 3 * reading, `${query}: ${spent} µs, of ${reading} µs to read all`)
    }
    const begun = processorMicroseconds()
    for (let times = 0; times < 20; times += 1) await search(`motsCles=infirmier&range=0-${times + 1}`)
    const each = (processorMicroseconds() - begun) / 20
    assert.ok(each < reading / 2, `${each} µs a search, of ${reading} µs to read all`)
  })
})

describe('Offres d’emploi: statuses and ranges', () => {
  it('answers 206 and the first 150 offers without any parameter', async () => {
    const { status, headers, text } = await search('')
    assert.equal(status, 206)
    assert.match(headers.get('content-range') ?? '', /^offres 0-149\/3\d{3}$/)
    assert.equal(headers.get('accept-range'), '150')
    const body = JSON.parse(text)
    assert.deepEqual(Object.keys(body), ['resultats', 'filtresPossibles'])
    assert.equal(body.resultats.length, 150)
  })

  it('answers 200 when the whole set is in the answer', async () => {
    const { status, headers, text } = await search('codeROME=D1101&range=0-149')
    const { length } = JSON.parse(text).resultats
    assert.equal(status, 200)
    assert.equal(headers.get('content-range'), `offres 0-${length - 1}/${length}`)
  })

  for (const query of ['motsCles=zzzzintrouvable', 'range=2990-2999&codeROME=D1101'])
    it(`answers 204 with no body to ${query}`, async () => {
      const { status, headers, text } = await search(query)
      assert.deepEqual([status, headers.get('content-range'), text], [204, '*/0', ''])
    })

  it('takes the greatest range there is', async () => {
    const { status, headers } = await search('range=3000-3149')
    assert.equal(status, 206)
    assert.match(headers.get('content-range') ?? '', /^offres 3000-3149\//)
  })

  it('shows instants of the clock, never durations', async () => {
    const { text } = await search('range=0-20')
    assert.doesNotMatch(text, /"-?P\d*[DT]/)
    for (const offer of JSON.parse(text).resultats) {
      assert.match(offer.dateCreation, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/)
      assert.ok(Date.parse(offer.dateCreation) <= now)
    }
  })

  it('never shows the fields that only searches need', async () => {
    const { text } = await search('range=0-149')
    assert.doesNotMatch(text, /"(recherche|cadre|nafSansPoint)":/)
  })

  it('reads one offer, 204 when it is unknown', async () => {
    const [first] = await offers('range=0-0')
    const { status, text } = await call(`/offres/${first?.id}`)
    assert.equal(status, 200)
    assert.deepEqual(JSON.parse(text), first)
    const unknown = await call('/offres/0000000')
    assert.deepEqual([unknown.status, unknown.text], [204, ''])
  })

  for (const name of [
    'appellations',
    'nafs',
    'communes',
    'continents',
    'departements',
    'domaines',
    'langues',
    'metiers',
    'naturesContrats',
    'niveauxFormations',
    'pays',
    'permis',
    'regions',
    'secteursActivites',
    'themes',
    'typesContrats',
  ])
    it(`lists the referential ${name}`, async () => {
      const { status, headers, text } = await call(`/referentiel/${name}`)
      const rows = JSON.parse(text)
      assert.equal(status, 200)
      assert.equal(headers.get('content-range'), `${name} */${rows.length}`)
      assert.ok(rows.every((row: JsonObject) => typeof row.code === 'string' && typeof row.libelle === 'string'))
    })
})

const format = (name: string, expected: string) => `Format du paramètre « ${name} » incorrect. ${expected} attendu.`
const value = (name: string) => `Valeur du paramètre « ${name} » incorrecte.`
const range = format('range', '<entier>-<entier>')
const words =
  "Format du paramètre « motsCles » incorrect. 7 mots-clé au maximum séparés par des virgules et d'au moins 2 caractères."
const grandDomaines = 'A, B, C, C15, D, E, F, G, H, I, J, K, L, L14, M15, M18, M, M16, M17, M13, M14 ou N'

describe('Offres d’emploi: refusals to the letter', () => {
  const table: readonly (readonly [string, string])[] = [
    ['range=3001-3010', 'La position de début doit être inférieure ou égale à 3000.'],
    ['range=0-150', 'La plage de résultats demandée est trop importante.'],
    ['range=3000-3150', 'La plage de résultats demandée est trop importante.'],
    ['range=10-5', range],
    ['range=-1-5', range],
    ['range=0', range],
    ['range=a-b', range],
    ['range=0-1.5', range],
    ['range=%FF', range],
    ['range=99999999999999999999-99999999999999999999', range],
    ['motsCles=a', words],
    ['motsCles=vendeur,b', words],
    ['motsCles=un,deux,trois,quatre,cinq,six,sept,huit', words],
    ['motsCles=vendeur,,caisse', words],
    ['motsCles=%E9t%E9', words],
    [`motsCles=${'a'.repeat(5000)}`, words],
    ['natureContrat=ZZ', value('natureContrat')],
    ['typeContrat=CDI,ZZZ', value('typeContrat')],
    ['departement=999', value('departement')],
    ['commune=00000', value('commune')],
    ['commune=44000,75056', value('commune')],
    ['region=99', value('region')],
    ['region=%27%20OR%201=1', value('region')],
    ['tempsPlein=oui', format('tempsPlein', 'Booléen')],
    ['tempsPlein=1', format('tempsPlein', 'Booléen')],
    ['experience=5', format('experience', '0, 1, 2, 3 ou 4')],
    ['publieeDepuis=2', format('publieeDepuis', '1, 3, 7, 14 ou 31')],
    ['publieeDepuis=-1', format('publieeDepuis', '1, 3, 7, 14 ou 31')],
    ['experienceExigence=X', format('experienceExigence', 'D, E ou S')],
    ['grandDomaine=Z', format('grandDomaine', grandDomaines)],
    ['sort=3', format('sort', '0, 1 ou 2')],
    ['origineOffre=3', format('origineOffre', '1 ou 2')],
    ['qualification=5', format('qualification', '0 ou 9')],
    ['distance=-1&commune=44109', format('distance', 'Entier')],
    ['distance=dix&commune=44109', format('distance', 'Entier')],
    ['dureeHebdoMin=3575', format('dureeHebdoMin', 'Format HHMM')],
    ['codeROME=M18', 'Format du paramètre « codeROME » incorrect. 200 codes au maximum séparés par des virgules.'],
    [
      'secteurActivite=1,2,3',
      'Format du paramètre « secteurActivite » incorrect. 2 divisions NAF au maximum séparées par une virgule.',
    ],
    ['codeNAF=01,02,03', 'Format du paramètre « codeNAF » incorrect. 2 codes NAF au maximum séparés par une virgule.'],
    ['dureeContratMax=beaucoup', format('dureeContratMax', 'Nombre')],
    [
      'minCreationDate=2026-02-30T00:00:00Z&maxCreationDate=2026-03-01T00:00:00Z',
      format('minCreationDate', "Format yyyy-MM-dd'T'HH:mm:ss'Z'"),
    ],
    [
      'minCreationDate=2026-01-01T00:00:00Z',
      'Le paramètre « minCreationDate » doit être accompagné de « maxCreationDate ».',
    ],
    [
      'maxCreationDate=2026-01-01T00:00:00Z',
      'Le paramètre « maxCreationDate » doit être accompagné de « minCreationDate ».',
    ],
    [
      'minCreationDate=2026-03-02T00:00:00Z&maxCreationDate=2026-03-01T00:00:00Z',
      'Valeur du paramètre « minCreationDate » incorrecte. Elle doit précéder « maxCreationDate ».',
    ],
    ['salaireMin=2000', 'Le paramètre « salaireMin » doit être accompagné de « periodeSalaire ».'],
    ['periodeSalaire=M', 'Le paramètre « periodeSalaire » doit être accompagné de « salaireMin ».'],
    [
      'commune=01001,01002,01004,01005,01006,01007',
      'Format du paramètre « commune » incorrect. 5 codes INSEE au maximum séparés par des virgules.',
    ],
    [
      'departement=01,02,03,04,05,06',
      'Format du paramètre « departement » incorrect. 5 codes au maximum séparés par des virgules.',
    ],
  ]
  for (const [query, expected] of table)
    it(`refuses ${query.slice(0, 60)}`, async () => assert.equal(await message(`/offres/search?${query}`), expected))

  it('refuses the identifier of an offer that is none', async () => {
    assert.equal(await message('/offres/x'), "Le format de l'id de l'offre recherchée est incorrect.")
    assert.equal(await message('/offres/%27;--'), "Le format de l'id de l'offre recherchée est incorrect.")
  })
})

describe('Offres d’emploi: what is not refused', () => {
  it('ignores unknown parameters', async () => {
    const known = await search('range=0-3')
    const unknown = await search('range=0-3&pays=FR&commune[]=00000&%FF=1&=&&')
    assert.equal(unknown.text, known.text)
  })

  it('takes the first of a repeated parameter', async () => {
    const once = await search('departement=44&range=0-9')
    assert.equal((await search('departement=44&departement=999&range=0-9&range=a')).text, once.text)
  })

  it('counts an empty parameter as absent', async () => {
    assert.equal((await search('motsCles=&region=&range=')).text, (await search('')).text)
  })

  it('takes the name with a blank at its end that the published contract has', async () => {
    assert.equal((await search('dureeHebdo%20=2')).text, (await search('dureeHebdo=2')).text)
    assert.notEqual((await search('dureeHebdo=2')).text, (await search('dureeHebdo=1')).text)
  })

  it('finds words whatever their accents, case and apostrophes', async () => {
    const plain = await search('motsCles=electricite')
    assert.equal(plain.status, 200)
    for (const typed of ['%C3%89LECTRICIT%C3%89', 'Electricit%C3%A9', '+electricite+'])
      assert.equal((await search(`motsCles=${typed}`)).text, plain.text)
    assert.notEqual((await search('motsCles=l%27entretien')).status, 400)
  })

  it('adds the neighbouring départements on demand, and only then', async () => {
    const codes = async (query: string) => {
      const found = new Set((await offers(query)).map((offer) => departement(offer)))
      return [...found].sort()
    }
    assert.deepEqual(await codes('departement=29&inclureLimitrophes=false'), ['29'])
    assert.deepEqual(await codes('departement=29&inclureLimitrophes=true'), ['22', '29', '56'])
  })

  it('takes NAF codes with and without the dot', async () => {
    assert.equal((await search('codeNAF=56.10A')).text, (await search('codeNAF=5610A')).text)
  })

  it('looks around the whole of Paris, an arrondissement and communes of Corsica and overseas', async () => {
    for (const commune of ['75056', '75101', '2A004', '97411'])
      assert.ok([200, 204, 206].includes((await search(`commune=${commune}`)).status), commune)
    assert.notEqual((await search('commune=75056')).status, 204)
  })

  it('takes distance 0 for the commune alone', async () => {
    const found = await offers('commune=69123,44109&distance=0')
    assert.ok(found.every((offer) => ['69123', '44109'].includes(String((offer.lieuTravail as JsonObject).commune))))
  })

  it('joins typeContrat and natureContrat by OR', async () => {
    const total = async (query: string) =>
      Number((await search(`${query}&range=0-0`)).headers.get('content-range')?.split('/')[1])
    const [one, other, either] = [
      await total('typeContrat=SAI'),
      await total('natureContrat=FS'),
      await total('typeContrat=SAI&natureContrat=FS'),
    ]
    assert.equal(either, one + other)
  })

  it('keeps paging stable while the clock goes on, and lets offers grow old', async () => {
    const first = await search('range=0-49')
    const young = (await search('publieeDepuis=1&range=0-0')).headers.get('content-range')
    clock.advance(86_400_000 * 40)
    assert.equal((await search('range=0-49')).text, first.text)
    assert.equal((await search('publieeDepuis=31')).status, 204)
    clock.reset()
    assert.equal((await search('publieeDepuis=1&range=0-0')).headers.get('content-range'), young)
  })
})

const departement = (offer: JsonObject) => String((offer.lieuTravail as JsonObject).libelle).split(' ')[0]
