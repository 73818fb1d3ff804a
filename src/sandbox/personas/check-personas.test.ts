import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { JsonObject, Persona, Platform } from '#contract'
import { apiNamed, loadWhole } from '../fixtures/wire.fixture.js'
import { checkPersonas } from './check-personas.js'

const platform: Platform = await loadWhole()

describe('checking personas', () => {
  const reasons = async (changed: Platform) =>
    (await checkPersonas([changed])).map(({ file, reason }) => `${file.split('/').at(-1)} ${reason}`)
  const withPersona = (change: Partial<Persona>): Platform => ({
    ...platform,
    personas: platform.personas.map((each) => (each.id === 'angela-martin' ? { ...each, ...change } : each)),
  })
  const angela = platform.personas.find(({ id }) => id === 'angela-martin')
  const withData = (data: JsonObject) => withPersona({ data: { ...angela?.data, ...data } })

  it('finds the shipped ones right', async () => assert.deepEqual(await checkPersonas([platform]), []))

  const wrongs: readonly (readonly [string, Platform, RegExp])[] = [
    [
      'a missing key',
      withData({ 'peconnect-statut': {} }),
      /^angela-martin\.yaml data\.peconnect-statut breaks .*codeStatutIndividu/,
    ],
    [
      'a key too many',
      withData({ 'donnees-rqth': { dateDebutRqth: '', dateFinRqth: '', source: '', topValiditeRQTH: true, age: 3 } }),
      /^angela-martin\.yaml data\.donnees-rqth .*age/,
    ],
    [
      'a wrong type inside',
      withData({ 'peconnect-formations': { permis: [{ code: 1, libelle: 'B' }] } }),
      /at "0\.code": must be string/,
    ],
    [
      'a claim of a wrong kind',
      withPersona({ claims: { ...angela?.claims, gender: 'woman' } }),
      /^angela-martin\.yaml claims breaks .*gender/,
    ],
    ['places that nobody has', { ...platform, personas: [] }, /no persona has data\.rechercher-usager/],
  ]
  for (const [name, changed, reason] of wrongs)
    it(`tells ${name}`, async () => assert.match((await reasons(changed))[0] ?? '', reason))

  describe('with another simulation', () => {
    let folder: string
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'portique-personas-'))
    })
    after(() => rm(folder, { recursive: true }))

    it('tells who lacks what has no answer for want of it', async () => {
      const api = {
        ...apiNamed(platform.apis, 'peconnect-indemnisations'),
        source: { kind: 'folder' as const, folder },
      }
      const lines = [
        'refusal: { status: 400, texts: {} }',
        'operations:',
        '  GET /indemnisation: { persona: { data: peconnect-indemnisations } }',
      ]
      await writeFile(join(folder, 'simulation.yaml'), lines.join('\n'))
      assert.deepEqual(await reasons({ ...platform, apis: [api] }), [
        'paul-vidal.yaml data.peconnect-indemnisations is missing, which "france-travail/peconnect-indemnisations/1" answers with',
      ])
      await writeFile(join(folder, 'simulation.yaml'), 'operations: {')
      assert.deepEqual(await reasons({ ...platform, apis: [api] }), [])
    })
  })
})
