import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { runCommand } from '../start/command.js'
import { control } from '../start/control.js'
import { createPlace, type Place, type StoreKind, storeKinds } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'
import { platforms } from '../start/shipped-platforms.js'
import { demoApplication } from '../start/tokens.js'
import { type WrittenCase, writeCaseFolder } from './case-folder.js'

const perFolder = 14
const platformId = 'api-particulier'
const platform = platforms.find(({ id }) => id === platformId)
if (platform === undefined) throw new Error(`no platform ${platformId}`)

/** A process with an imported folder, with the setting or as the platform is shipped. */
interface World {
  readonly place: Place
  readonly portique: Portique
  readonly written: readonly WrittenCase[]
  readonly imported: string
  call(one: WrittenCase, environment?: 'sandbox' | 'production', scopes?: readonly string[]): Promise<Response>
}

async function open(kind: StoreKind, verbatim: boolean): Promise<World> {
  const place = await createPlace(kind)
  const environment = verbatim ? { PORTIQUE_PLATFORMS: verbatimCopy(place.folder) } : {}
  const root = join(place.folder, 'payloads')
  const written = await writeCaseFolder(root, platform as NonNullable<typeof platform>, perFolder)
  const [first] = written
  if (first === undefined) throw new Error('nothing was written')
  const folder = first.file.split('/')[0] ?? ''
  await writeFile(join(root, folder, 'zz_same.yaml'), readFileSync(join(root, first.file)))
  await writeFile(join(root, folder, 'zz_broken.yaml'), 'status: 200\npayload: "{"\n')
  const portique = await startPortique(place, environment)
  const run = await runCommand(place, ['sandbox', 'import', root, '--platform', platformId], environment)
  // Two of the files are refused. A process left behind would hold the test up for ever.
  if (run.code !== 1) await close({ portique, place })
  assert.equal(run.code, 1, run.stderr)
  const tokens = new Map<string, Promise<string>>()
  let calls = 0
  const call: World['call'] = async (one, environment = 'sandbox', scopes) => {
    // A token has 20 calls a second.
    const key = `${environment} ${scopes} ${Math.floor(calls++ / 15)}`
    const token = tokens.get(key) ?? newToken(portique, environment, scopes)
    tokens.set(key, token)
    return fetch(`${portique.url}${one.path}?${one.query}`, { headers: { authorization: `Bearer ${await token}` } })
  }
  return { place, portique, written, imported: run.stdout, call }
}

/** The platform as it is shipped, but for the setting. */
function verbatimCopy(folder: string): string {
  const copy = join(folder, 'platforms')
  cpSync(`platforms/${platformId}`, join(copy, platformId), { recursive: true })
  const file = join(copy, platformId, 'platform.yaml')
  const text = readFileSync(file, 'utf8')
  assert.match(text, /verbatim: false/)
  writeFileSync(file, text.replace(/verbatim: false/, 'verbatim: true'))
  return copy
}

/** A token that may call by INE too. */
async function newToken(portique: Portique, environment: 'sandbox' | 'production', scopes?: readonly string[]) {
  const application = demoApplication(portique, platformId, environment)
  const body = {
    applicationId: application.client_id,
    title: 'Essai',
    scopes: scopes ?? application.scopes,
    rights: ['sphere-educative'],
  }
  const answer = await control(portique, 'POST', '/tokens', body)
  return z.object({ token: z.string() }).parse(answer.json, { error: () => JSON.stringify(answer.json) }).token
}

async function close({ portique, place }: Pick<World, 'portique' | 'place'>): Promise<void> {
  await portique.end('SIGKILL')
  await place.drop()
}

for (const kind of storeKinds)
  describe(`an imported folder with the setting "as the real sandbox", on the ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await open(kind, true)
    })
    after(() => close(world))

    test('what became of each file is told, and strangers are passed over', () => {
      const { imported, written } = world
      const folders = new Set(written.map(({ file }) => file.split('/')[0])).size
      assert.ok(written.length >= 300, `${written.length} files`)
      for (const { file } of written) assert.match(imported, new RegExp(`^ {2}${file} {2}taken: api-particulier/`, 'm'))
      assert.match(imported, /zz_same\.yaml {2}refused: the same parameters as ".*cas_000\.yaml", which answers/)
      assert.match(imported, /zz_broken\.yaml {2}refused: the payload is not JSON/)
      assert.match(imported, new RegExp(`${written.length + folders} taken, 2 refused. ${folders * 2} passed over`))
    })

    test('each file answers its own parameters with its own status and payload', async () => {
      const { written, call } = world
      for (const one of written) {
        const answer = await call(one)
        assert.equal(answer.status, one.status, `${one.file} ${one.query}`)
        assert.deepEqual(await answer.json(), one.payload, one.file)
      }
    })

    test('an order of names or letters of another case change nothing, one value of a list does', async () => {
      const { written, call } = world
      const listed = written.find(({ params }) => Array.isArray(params.prenoms)) ?? assert.fail('no list')
      const loud = new URLSearchParams(
        [...listed.query].toReversed().map(([name, value]) => [name, value.toUpperCase()]),
      )
      const lists = [...listed.query].filter(([name]) => name === 'prenoms[]')
      for (const name of ['prenoms[]']) loud.delete(name)
      for (const [name, value] of lists) loud.append(name, value)
      assert.deepEqual(await (await call({ ...listed, query: loud })).json(), listed.payload)
      const other = new URLSearchParams(listed.query)
      other.append('prenoms[]', 'Autre')
      assert.notDeepEqual(await (await call({ ...listed, query: other })).json(), listed.payload)
    })

    test('the checks of production come first all the same: token, recipient, scopes', async () => {
      const { written, call, portique } = world
      const one =
        written.find(({ path, status }) => path.startsWith('/v3/dss/quotient') && status === 200) ?? assert.fail()
      assert.equal((await fetch(`${portique.url}${one.path}?${one.query}`)).status, 401)
      const without = new URLSearchParams(one.query)
      without.delete('recipient')
      assert.equal((await call({ ...one, query: without })).status, 422)
      assert.equal((await call(one, 'sandbox', ['mesri_identite'])).status, 403)
    })

    test('nothing of it reaches production: there the scopes shape the same case, and refuse what the contract does not have', async () => {
      const { written, call } = world
      const one =
        written.find(({ path, status }) => path.startsWith('/v3/dss/quotient') && status === 200) ?? assert.fail()
      const seen = await (await call(one, 'production')).text()
      assert.doesNotMatch(seen, /hors_contrat/)
    })
  })

for (const kind of storeKinds)
  describe(`an imported folder without the setting, on the ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await open(kind, false)
    })
    after(() => close(world))

    test('is shaped by the scopes and held to the contract, as production is', async () => {
      const { written, call } = world
      for (const one of written.filter(({ path }) => path.startsWith('/v3/dss/quotient')))
        assert.doesNotMatch(await (await call(one)).text(), /hors_contrat/, one.file)
    })

    test('shows each scope its part of a case that keeps to the contract', async () => {
      const { place, call, written } = world
      const one = written.find(({ path }) => path.startsWith('/v3/dss/quotient')) ?? assert.fail()
      const folder = join(place.folder, 'one')
      const name = one.file.split('/')[0] ?? ''
      const query = new URLSearchParams([
        ...Object.entries({
          nomNaissance: 'ÉTÉ',
          anneeDateNaissance: '1980',
          moisDateNaissance: '2',
          jourDateNaissance: '3',
        }),
        ...Object.entries({
          sexeEtatCivil: 'F',
          codeCogInseePaysNaissance: '99100',
          codeCogInseeCommuneNaissance: '75101',
        }),
      ])
      const params = { ...Object.fromEntries(query), prenoms: ['Zoé'] }
      const payload = {
        data: {
          quotient_familial: {
            fournisseur: 'CNAF',
            valeur: 3,
            annee: 2026,
            mois: 1,
            annee_calcul: 2026,
            mois_calcul: 1,
          },
          allocataires: [],
          enfants: [],
        },
        links: {},
        meta: {},
      }
      cpSync(join(place.folder, 'payloads', name), join(folder, name), { recursive: true })
      await writeFile(join(folder, name, 'mine.yaml'), JSON.stringify({ params, status: 200, payload }))
      const run = await runCommand(place, ['sandbox', 'import', folder, '--platform', platformId, '--quiet'])
      assert.match(run.stdout, /16 taken/, run.stdout)
      query.append('prenoms[]', 'zoé')
      query.append('recipient', '13002526500013')
      const whole = await (await call({ ...one, query })).json()
      assert.deepEqual(whole, payload)
      const part = await (await call({ ...one, query }, 'sandbox', ['cnaf_enfants'])).json()
      assert.deepEqual(part, { data: { enfants: [] }, links: {}, meta: {} })
      await rm(folder, { recursive: true })
    })
  })
