import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { createPlace, embeddedStore, type Place, storeKinds } from '../start/place.js'

const document = (rule: string) => `openapi: 3.1.0
info: { title: Dossier, version: "1" }
paths:
  /dossier:
    get:
      responses:
        "200":
          description: Un dossier
          content:
            application/json:
              schema:
                type: object
                properties:
                  nom: { type: string, x-scope: identite }
                  revenu: { type: integer${rule} }
`

for (const kind of storeKinds)
  describe(`a field that no scope opens, in an API of personal data, on the ${kind.name}`, () => {
    let place: Place
    before(async () => {
      place = await createPlace(kind)
    })
    after(() => place.drop())
    const publish = (rule: string, ...more: readonly string[]) => publishText(document(rule), ...more)
    const publishText = async (text: string, ...more: readonly string[]) => {
      const file = join(place.folder, 'dossier.yaml')
      writeFileSync(file, text)
      const words = ['publish', file, '--platform', 'demo', '--upstream', 'http://127.0.0.1:9/']
      const { code, stdout, stderr } = await runCommand(place, [...words, ...more])
      return { code, out: stdout + stderr }
    }

    test('is a mistake at publication, with its line and its mend', async () => {
      const { code, out } = await publish('', '--open', '--personal-data')
      assert.equal(code, 1)
      assert.match(
        out,
        /dossier\.yaml:15:\d+\n {4}no scope opens this, in an API of personal data\n {4}→ Add "x-scope"/,
      )
      assert.doesNotMatch(out, /dossier\.yaml:14/)
    })

    test('is one too where a call needs a scope and the document names none', async () => {
      const { code, out } = await publishText(document('').replace(', x-scope: identite', ''), '--personal-data')
      assert.equal(code, 1)
      for (const line of [14, 15])
        assert.match(out, new RegExp(`dossier\\.yaml:${line}:\\d+\\n {4}no scope opens this`))
    })

    test('is none once a scope opens it, or in an API of other data', async () => {
      const ruled = await publish(', x-scope: revenus', '--open', '--personal-data')
      assert.equal(ruled.code, 0, ruled.out)
      const other = await publish('', '--open', '--code', 'autre')
      assert.equal(other.code, 0, other.out)
      const kept = await place.rows('select id from published_api order by id')
      assert.deepEqual(
        kept.map((row) => row.id),
        ['demo/autre/1', 'demo/dossier/1'],
      )
    })

    // Which asks no store.
    if (kind === embeddedStore)
      test('is a mistake for portique check', async () => {
        const copy = join(place.folder, 'platforms')
        cpSync('platforms/api-particulier', join(copy, 'api-particulier'), { recursive: true })
        const file = join(copy, 'api-particulier/apis/etudiants/2/openapi.yaml')
        const text = readFileSync(file, 'utf8')
        const bare = text.replace('          x-scope: mesri_identifiant\n', '')
        assert.notEqual(bare, text)
        writeFileSync(file, bare)
        const { code, stderr } = await runCommand(place, ['check', join(copy, 'api-particulier')])
        assert.equal(code, 1)
        assert.match(stderr, /etudiants\/2\/openapi\.yaml:\d+:\d+\n {4}no scope opens this, in an API of personal data/)
      })
  })
