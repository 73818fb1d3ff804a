import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const folder = join(
  import.meta.dirname,
  '..',
  '..',
  'platforms',
  'france-travail',
  'apis',
  'offresdemploi',
  '2',
  'data',
)
const lines = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
const codes = (name: string) =>
  (JSON.parse(readFileSync(join(folder, `referentiel-${name}.json`), 'utf8')) as { code: string }[]).map(
    (row) => row.code,
  )

type Row = Readonly<Record<string, unknown>>
const offres = lines('offres.jsonl')
const recherche = lines('offres-recherche.jsonl')

test('there are enough offers, each with its own id and its own row for the search', () => {
  assert.ok(offres.length >= 3500)
  assert.equal(new Set(offres.map(({ id }) => id)).size, offres.length)
  assert.deepEqual(
    recherche.map(({ id }) => id),
    offres.map(({ id }) => id),
  )
})

test('codes of offers stand in the referentials', () => {
  const inside = (name: string, values: readonly unknown[]) => {
    const known = new Set<unknown>(codes(name))
    assert.deepEqual(
      values.filter((value) => value !== undefined && !known.has(value)),
      [],
      name,
    )
  }
  inside(
    'metiers',
    offres.map(({ romeCode }) => romeCode),
  )
  inside(
    'nafs',
    offres.map(({ codeNAF }) => codeNAF),
  )
  inside(
    'communes',
    offres.map(({ lieuTravail }) => (lieuTravail as Row).commune),
  )
  inside(
    'typesContrats',
    offres.map(({ typeContrat }) => typeContrat),
  )
  inside(
    'secteursActivites',
    offres.map(({ secteurActivite }) => secteurActivite),
  )
  for (const [name, field] of searched)
    inside(
      name,
      recherche.flatMap((row) => row[field]),
    )
})

const searched = [
  ['appellations', 'appellation'],
  ['departements', 'departement'],
  ['regions', 'region'],
  ['pays', 'pays'],
  ['naturesContrats', 'natureContrat'],
  ['niveauxFormations', 'niveauFormation'],
  ['permis', 'permis'],
  ['themes', 'themes'],
] as const

/** Values of search parameters that must find some offers, and not all of them. */
const found: Readonly<Record<string, Keeps>> = {
  ...each('domaine', ['A', 'B', 'C', 'C15', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'L14', 'M', 'N'], inDomaine),
  ...each('domaine', ['M13', 'M14', 'M15', 'M16', 'M17', 'M18'], inDomaine),
  ...each('experienceExigence', ['D', 'E', 'S'], (value) => (offre) => offre.experienceExige === value),
  ...each('experience', ['0', '1', '2', '3', '4'], (value) => (_, row) => row.experience === value),
  ...each('origineOffre', ['1', '2'], (value) => (offre) => (offre.origineOffre as Row).origine === value),
  ...each('typeContrat', codes('typesContrats'), (value) => (offre) => offre.typeContrat === value),
  ...each('natureContrat', ['E2', 'FS', 'I1', 'NS', 'CC', 'CU'], (value) => (_, row) => row.natureContrat === value),
  ...each('theme', codes('themes'), (value) => (_, row) => holds(row.themes, value)),
  ...each('departement', codes('departements'), (value) => (_, row) => row.departement === value),
  ...each('region', codes('regions'), (value) => (_, row) => row.region === value),
  ...each('permis', ['B', 'C', 'CE', 'D'], (value) => (_, row) => holds(row.permis, value)),
  ...each('niveauFormation', ['NV1', 'NV2', 'NV3', 'NV4', 'NV5'], (value) => (_, row) => row.niveauFormation === value),
  ...each('partenaires', ['EMPLOIPROCHE', 'JOBVIF'], (value) => (_, row) => row.partenaire === value),
  qualification: (offre) => offre.qualificationCode === '9',
  tempsPlein: (_, row) => row.tempsPlein === true,
  paysContinent: (_, row) => row.pays !== 'EU01',
  accesTravailleurHandicape: (offre) => offre.accessibleTH === true,
  entreprisesAdaptees: (offre) => offre.entrepriseAdaptee === true,
  employeursHandiEngages: (offre) => offre.employeurHandiEngage === true,
  offresManqueCandidats: (offre) => offre.offresManqueCandidats === true,
  offresMRS: (_, row) => row.offresMRS === true,
  alternance: (offre) => offre.alternance === true,
  'no employer named': (offre) => (offre.entreprise as Row | undefined)?.nom === undefined,
  salaireMin: (_, row) => Number(row.salaireMensuelMax) >= 3000,
  dureeHebdoMax: (_, row) => Number(row.dureeHebdoMinutes) < 24 * 60,
  dureeContratMin: (_, row) => Number(row.dureeContratMois) >= 6,
  'a language': (offre) => offre.langues !== undefined,
  publieeDepuis: (offre) => !String(offre.dateCreation).includes('D'),
}

test('each value of a search parameter finds some offers, and not all', () => {
  for (const [name, keeps] of Object.entries(found)) {
    const count = offres.filter((offre, index) => keeps(offre, recherche[index] ?? {})).length
    assert.ok(count > 0 && count < offres.length, `${name}: ${count} of ${offres.length}`)
  }
})

test('telephone numbers and addresses are those kept for fiction', () => {
  for (const offre of offres) {
    const text = JSON.stringify(offre)
    for (const [host] of text.matchAll(/(?<=https:\/\/|@)[^/"]+/g)) assert.match(host, /(^|\.)exemple\.fr$/)
    for (const [number] of text.matchAll(/"telephone":"[^"]*"/g)) assert.match(number, /"01 99 00 \d\d \d\d"$/)
  }
})

type Keeps = (offre: Row, row: Row) => boolean

function each(name: string, values: readonly string[], keeps: (value: string) => Keeps): Record<string, Keeps> {
  return Object.fromEntries(values.map((value) => [`${name} ${value}`, keeps(value)]))
}

function inDomaine(value: string): Keeps {
  return ({ romeCode }) => String(romeCode).startsWith(value)
}

function holds(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value)
}
