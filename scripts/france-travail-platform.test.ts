import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'
import { checkPlatforms } from '#contract'

const platform = join(import.meta.dirname, '..', '..', 'platforms', 'france-travail')
const apis = join(platform, 'apis')

/** File of a dataset, the schema of one row, and the fields that hold a duration from now. */
const datasets: readonly (readonly [file: string, schema: string, relative?: readonly string[]])[] = [
  ['offresdemploi/2/data/offres.jsonl', 'Offre', ['dateCreation', 'dateActualisation']],
  ['offresdemploi/2/data/referentiel-communes.json', 'Commune'],
  ['offresdemploi/2/data/referentiel-departements.json', 'Departement'],
  ['offresdemploi/2/data/referentiel-pays.json', 'Pays'],
  ...['appellations', 'nafs', 'continents', 'domaines', 'langues', 'metiers', 'naturesContrats', 'niveauxFormations']
    .concat(['permis', 'regions', 'secteursActivites', 'themes', 'typesContrats'])
    .map((name) => [`offresdemploi/2/data/referentiel-${name}.json`, 'Element'] as const),
  ['rome-metiers/1/data/metiers.jsonl', 'Metier'],
  ['rome-metiers/1/data/appellations.jsonl', 'Appellation'],
  ['rome-fiches-metiers/1/data/fiches.jsonl', 'Fiche'],
  ['rome-competences/1/data/competences.jsonl', 'Competence'],
  ['rome-competences/1/data/macro-savoir-faire.jsonl', 'Competence'],
  ['rome-contextes-travail/1/data/contextes-travail.jsonl', 'Contexte'],
  ['labonneboite/2/data/offices.jsonl', 'Entreprise'],
  ['referentielagences/1/data/agences.jsonl', 'Agence'],
  ['evenements/1/data/evenements.jsonl', 'Evenement', ['dateEvenement']],
  ['evenements/1/data/salons.jsonl', 'Salon', ['dateDebut', 'dateFin']],
  ['stats-offres-demandes-emploi/1/data/territoires.jsonl', 'Territoire'],
]

test('the platform is read without a mistake: documents, schemas, examples and cases', async () => {
  const { platforms, mistakes } = await checkPlatforms(platform)
  assert.deepEqual(mistakes, [])
  assert.equal(platforms[0]?.apis.length, 23)
})

for (const [file, schema, relative = []] of datasets) {
  test(`every row of ${file} agrees with the schema ${schema}`, () => {
    const validate = validator(file, schema)
    const rows = readRows(file)
    assert.ok(rows.length > 0)
    for (const row of rows) assert.ok(validate(withInstants(row, relative)), JSON.stringify([row, validate.errors]))
  })
}

test('every value of the labour market agrees with its schema, apart from what its indicator carries', () => {
  const validate = validator('stats-offres-demandes-emploi/1/data/statistiques.jsonl', 'Valeur')
  for (const row of readRows('stats-offres-demandes-emploi/1/data/statistiques.jsonl')) {
    const { operation, codeIndicateur, datMaj, ...value } = row
    assert.ok(validate(value), JSON.stringify([row, validate.errors]))
    assert.match(`${operation} ${codeIndicateur} ${datMaj}`, /^stat-[a-z-]+ [A-Z]+_\d -P\d+D$/)
  }
})

test('the identifiers that the documents show stand in the datasets', () => {
  for (const [file, path, parameter, field] of shown) {
    const [code = '', version = ''] = file.split('/')
    const document = parse(readFileSync(join(apis, code, version, 'openapi.yaml'), 'utf8')) as Document
    const { example } = document.paths[path]?.get.parameters.find(({ name }) => name === parameter) ?? {}
    assert.ok(example !== undefined && readRows(file).some((row) => row[field] === example), `${path}: ${example}`)
  }
})

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      { readonly get: { readonly parameters: readonly { readonly name: string; readonly example: unknown }[] } }
    >
  >
}

const shown = [
  ['offresdemploi/2/data/offres.jsonl', '/offres/{id}', 'id', 'id'],
  ['referentielagences/1/data/agences.jsonl', '/agences/{code}', 'code', 'code'],
  ['labonneboite/2/data/offices.jsonl', '/potentielEmbauche', 'siret', 'siret'],
  ['evenements/1/data/evenements.jsonl', '/mee/evenement/{id}', 'id', 'id'],
  ['rome-metiers/1/data/metiers.jsonl', '/metiers/metier/{code}', 'code', 'code'],
  ['rome-fiches-metiers/1/data/fiches.jsonl', '/fiches-rome/fiche-metier/{code}', 'code', 'code'],
  ['rome-competences/1/data/competences.jsonl', '/competences/competence/{code}', 'code', 'code'],
  [
    'rome-contextes-travail/1/data/contextes-travail.jsonl',
    '/situations-travail/contexte-travail/{code}',
    'code',
    'code',
  ],
] as const

function validator(file: string, schema: string) {
  const ajv = new Ajv2020({ strict: false, logger: false })
  formats.default(ajv)
  const [code = '', version = ''] = file.split('/')
  const document = parse(readFileSync(join(apis, code, version, 'openapi.yaml'), 'utf8')) as Record<string, unknown>
  ajv.addSchema({ ...document, $id: 'document://contract/' })
  return ajv.compile({ $ref: `document://contract/#/components/schemas/${schema}` })
}

function readRows(file: string): readonly Record<string, unknown>[] {
  const text = readFileSync(join(apis, file), 'utf8')
  if (file.endsWith('.json')) return JSON.parse(text) as Record<string, unknown>[]
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

function withInstants(row: Record<string, unknown>, relative: readonly string[]): Record<string, unknown> {
  const instants = relative.map((field) => {
    assert.match(String(row[field]), /^-?P(\d+D)?(T(\d+H)?(\d+M)?)?$/)
    return [field, '2026-01-01T00:00:00.000Z'] as const
  })
  return { ...row, ...Object.fromEntries(instants) }
}
