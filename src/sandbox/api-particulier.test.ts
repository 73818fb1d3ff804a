import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiVersion, checkPlatforms, type Json, type Platform, type SandboxCase } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { openWire, type Wire } from './fixtures/wire.fixture.js'
import { checkPersonas } from './personas/check-personas.js'

const folder = 'platforms/api-particulier'
const recipient = '13002526500013'

const { platforms, mistakes } = await checkPlatforms(folder)
const [platform] = platforms
if (platform === undefined) throw new Error(JSON.stringify(mistakes.slice(0, 5)))
const clock = () => Date.UTC(2026, 10, 21)

describe('the APIs of API Particulier', () => {
  it('keep to their contracts, examples, cases and people alike', async () => {
    assert.deepEqual(mistakes, [])
    assert.deepEqual(await checkPersonas(platforms), [])
  })

  it('show an example of every answer that has a body', () => {
    const bare = platform.apis.flatMap(({ id, operations }) =>
      operations.flatMap(({ path, definition: { responses = {} } }) =>
        Object.entries(responses).flatMap(([status, { content = {} }]) =>
          Object.entries(content)
            .filter(([, { example, examples = {} }]) => example === undefined && Object.keys(examples).length === 0)
            .map(([type]) => `${id} ${path}: ${status} ${type}`),
        ),
      ),
    )
    assert.deepEqual(bare, [])
  })

  it('are those of the tables, in both languages', () => {
    const addresses = platform.apis.map(({ code, version }) => `${code} ${version}`)
    assert.deepEqual(addresses.toSorted(), expected.toSorted())
    for (const { id, title, description } of platform.apis)
      assert.ok(title.fr !== title.en && description.fr !== description.en, id)
  })

  it('give no scholarship of level 8 by themselves: one each from 0bis to 7', () => {
    const said = JSON.stringify(platform.apis.map(({ cases = [] }) => cases.map(({ payload }) => payload)))
    const told = [...said.matchAll(/"echelon(?:Bourse|_bourse)?":(?:"(\w+)"|(\d+))/g)].map(
      ([, text, digits]) => text ?? digits,
    )
    assert.deepEqual([...new Set(told)].toSorted(), ['0bis', '1', '2', '3', '4', '5', '6', '7'])
  })

  it('give moments with the offset that Paris had then, summer and winter', () => {
    const texts = platform.apis.flatMap(({ document, cases = [] }) => JSON.stringify([document, cases]))
    const moments = texts.flatMap((text) => text.match(/\b\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d/g) ?? [])
    assert.ok(moments.some((moment) => moment.endsWith('+02:00')))
    assert.deepEqual(
      moments.filter((moment) => moment.slice(19) !== offsetAt(moment)),
      [],
    )
  })

  for (const api of platform.apis.filter(({ cases = [] }) => cases.length > 0)) {
    it(`${api.code} ${api.version} answers each case with its own status and payload`, () => tryCases(api, platform))
  }
})

describe('a call of API Particulier', () => {
  const api = platform.apis.find(({ id }) => id === 'api-particulier/mesri-statut-etudiant/3')
  const sandbox = createSandbox({ clock, platforms })
  let wire: Wire
  before(async () => {
    if (api === undefined) throw new Error('no such API')
    wire = await openWire(sandbox, api)
  })
  after(() => wire.close())
  const get = (query: string) => fetch(`${wire.url}/ine?${query}`)

  it('finds a person whatever the case of what is sent, and whoever receives the data', async () => {
    const named = 'nomNaissance=dubreuil&prenoms[]=CAMILLE&prenoms[]=rose&sexeEtatCivil=F'
    const born = 'anneeDateNaissance=2004&moisDateNaissance=3&jourDateNaissance=14'
    const answer = await fetch(`${wire.url}/identite?${named}&${born}&recipient=35600000000048`)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'application/vnd.api+json')
  })

  it('finds a person without what the contract leaves to the caller', () => {
    const left = platform.apis.flatMap(({ id, operations, cases = [] }) =>
      cases.flatMap(({ file, operation, params, optional = [], status }) => {
        const { parameters = [] } = operations.find((one) => one.id === operation)?.definition ?? {}
        const free = ['sexe', 'sexeEtatCivil'].filter((name) =>
          parameters.some((one) => one.name === name && one.required !== true),
        )
        return free
          .filter((name) => name in params && !optional.includes(name) && status !== 404)
          .map(() => `${id} ${file}`)
      }),
    )
    assert.deepEqual(left, [])
  })

  it('gets 404 for a person whom no case knows', async () => {
    const answer = await get(`ine=990000099HH&recipient=${recipient}`)
    assert.equal(answer.status, 404)
    const { errors } = (await answer.json()) as { errors: { code: string }[] }
    assert.equal(errors[0]?.code, '25003')
  })
})

const paris = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' })
const offsetAt = (moment: string) =>
  paris
    .formatToParts(new Date(moment))
    .find(({ type }) => type === 'timeZoneName')
    ?.value.slice(3)

async function tryCases(api: ApiVersion, of: Platform): Promise<void> {
  const sandbox = createSandbox({ clock, platforms: [of] })
  const wire = await openWire(sandbox, api)
  try {
    for (const one of api.cases ?? []) {
      if (one.file === 'sandbox/404.yaml') continue
      const least = Object.entries(one.params).filter(([name]) => one.optional?.includes(name) !== true)
      for (const params of [one.params, Object.fromEntries(least)]) {
        const answer = await fetch(`${wire.url}${addressOf(api, { ...one, params })}`)
        const told = `${api.id} ${one.file} ${JSON.stringify(params)}`
        assert.equal(answer.status, one.status, told)
        assert.deepEqual(await answer.json(), one.payload, told)
      }
    }
  } finally {
    await wire.close()
  }
}

function addressOf({ operations }: ApiVersion, { operation, params }: SandboxCase): string {
  const query = new URLSearchParams({ recipient })
  for (const [name, value] of Object.entries(params))
    if (Array.isArray(value)) for (const entry of value as readonly Json[]) query.append(`${name}[]`, String(entry))
    else query.append(name, String(value))
  return `${operations.find(({ id }) => id === operation)?.path}?${query}`
}

const expected = [
  ...['quotient-familial', 'revenu-solidarite-active', 'complementaire-sante-solidaire'].map((code) => `dss-${code} 3`),
  ...['3', '4', '5'].flatMap((version) => [`cnous-etudiant-boursier ${version}`, `men-scolarites ${version}`]),
  'mesri-statut-etudiant 3',
  'france-travail-statut 3',
  'france-travail-indemnites 3',
  ...[
    'composition-familiale-v2',
    'composition-familiale',
    'etudiants',
    'etudiants-boursiers',
    'situations-pole-emploi',
    'paiements-pole-emploi',
    'complementaire-sante-solidaire',
    'revenu-solidarite-active',
    'scolarites',
    'introspect',
    'ping',
    'pings',
    'provider-ping',
    'errors',
    'france-connect-jwks',
    'open-api',
    'open-api-v2',
    'open-api-v3',
  ].map((code) => `${code} 2`),
]
