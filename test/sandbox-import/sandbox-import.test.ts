import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runCommand } from '../start/command.js'
import { createPlace, type Place, storeKinds } from '../start/place.js'

const files: Readonly<Record<string, string>> = {
  'api_particulier_v3_france_travail_statut_with_identifiant/200.yaml':
    'params: { identifiant: essai }\nstatus: 200\npayload: |-\n  { "data": {}, "links": {}, "meta": {} }\n',
  'api_particulier_v3_france_travail_statut_with_identifiant/broken.yaml': 'status: 200\npayload: "{"\n',
  'api_particulier_v3_france_travail_statut_with_identifiant/aliases.yaml': `params: { identifiant: beaucoup }\nstatus: 200\npayload: [&a "${'a'.repeat(200_000)}"${', *a'.repeat(99)}]\n`,
  'api_particulier_v3_france_travail_statut_with_identifiant/zero.yaml':
    'params: { identifiant: 01234 }\nstatus: 200\npayload: "{}"\n',
  'another_folder/line\nbreak.yaml': 'status: [\n',
  'another_folder/200.yaml': 'params: {}\nstatus: 200\npayload: "{}"\n',
}

/** `portique sandbox import`, as an operator types it, on a store of its own. */
for (const kind of storeKinds)
  describe(`portique sandbox import, on the ${kind.name}`, () => {
    let place: Place
    let payloads = ''
    before(async () => {
      place = await createPlace(kind)
      payloads = join(place.folder, 'payloads')
      for (const [name, text] of Object.entries(files)) {
        await mkdir(join(payloads, name, '..'), { recursive: true })
        await writeFile(join(payloads, name), text)
      }
    })
    after(() => place.drop())
    const portique = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await runCommand(place, ['sandbox', ...words, '--platform', 'api-particulier'])
      return { code, out: stdout + stderr }
    }

    it('says file by file what it took and what it refused, and why', async () => {
      const { code, out } = await portique('import', payloads)
      assert.equal(code, 1, 'not every file was taken')
      assert.match(out, /statut_with_identifiant\/200\.yaml {2}taken: api-particulier\/france-travail-statut\/3\n/)
      assert.match(out, /statut_with_identifiant\/broken\.yaml {2}refused: the payload is not JSON/)
      assert.match(
        out,
        /with_identifiant\/aliases\.yaml {2}refused: line 1: aliases that multiply: it unfolds to more than/,
      )
      assert.match(out, /another_folder\/200\.yaml {2}refused: no operation of "api-particulier" takes the folder/)
      assert.match(out, /line\\u\{a\}break\.yaml {2}refused: /)
      assert.match(out, /zero\.yaml {2}taken: [^;\n]*; "identifiant" has 01234 without quotes/)
      assert.match(out, /2 taken, 4 refused\./)
      const again = await portique('import', payloads)
      assert.match(again.out, /200\.yaml {2}taken: [^;\n]*; was there already/)
      const listed = await portique('export', join(place.folder, 'exported'))
      assert.equal(listed.code, 0, listed.out)
      const kept = 'exported/api_particulier_v3_france_travail_statut_with_identifiant/zero.yaml'
      assert.match(await readFile(join(place.folder, kept), 'utf8'), /identifiant: ["']01234["']/)
      await writeFile(
        join(payloads, 'api_particulier_v3_france_travail_statut_with_identifiant/200.yaml'),
        'params: { identifiant: essai }\nstatus: 200\npayload: "{}"\n',
      )
      const other = await portique('import', payloads)
      assert.match(other.out, /200\.yaml {2}taken: [^;\n]*; replaces what stood there/)
    })

    it('refuses a folder that is not there, and an application that nobody has', async () => {
      const nowhere = await portique('import', join(place.folder, 'nowhere'))
      assert.notEqual(nowhere.code, 0)
      assert.match(nowhere.out, /Cannot read/)
      const stranger = await portique('import', payloads, '--application', 'nobody')
      assert.notEqual(stranger.code, 0)
    })
  })
