import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { createPlace, type Place, storeKinds } from '../start/place.js'
import { mainFile } from '../start/portique.js'

const api = 'demo/annuaire/1'
const gare = `title: Une gare
operation: lireService
params: { identifiant: gare-du-test }
status: 200
payload: { identifiant: gare-du-test, nom: "Gare d’Été", nature: mairie, commune: "75101" }
`

const scholarOf = (echelonBourse: string) => ({
  ...{ nom: 'ESSAI', prenom: 'Huit', prenom2: null, dateNaissance: '2004-08-10', lieuNaissance: null, sexe: 'M' },
  ...{ boursier: true, echelonBourse, email: 'huit@exemple.fr', dateDeRentree: '2026-09-01', dureeVersement: 10 },
  ...{ statut: 0, statutLibelle: 'définitif', villeEtudes: 'NANTES', etablissement: 'INSTITUT' },
})

for (const kind of storeKinds)
  describe(`portique sandbox case, on the ${kind.name}`, () => {
    let place: Place
    const run = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await runCommand(place, ['sandbox', ...words])
      return { code, out: stdout + stderr }
    }
    const file = (name: string) => join(place.folder, name)
    const idIn = (out: string) => /case_[\w-]{16}/.exec(out)?.[0] ?? assert.fail(out)
    before(async () => {
      place = await createPlace(kind)
      await writeFile(file('gare.yaml'), gare)
    })
    after(() => place.drop())

    test('a case is added, shown, edited, listed, told of, removed and brought back', async () => {
      const added = await run('case', 'add', file('gare.yaml'), '--api', api)
      assert.equal(added.code, 0, added.out)
      const id = idIn(added.out)
      const shown = await run('case', 'show', id)
      assert.match(
        shown.out,
        /^# revision: 1\n# demo\/annuaire\/1, lireService, shared by all applications\ntitle: Une gare\n/,
      )
      await writeFile(file('edited.yaml'), shown.out.replace('Gare d’Été', 'Halte').replace('title: Une', 'title: La'))
      const edited = await run('case', 'edit', id, file('edited.yaml'))
      assert.match(edited.out, /is at revision 2/)
      const late = await run('case', 'edit', id, file('edited.yaml'))
      assert.equal(late.code, 1)
      assert.match(late.out, /Somebody else has changed this case since/)
      assert.match(
        (await run('case', 'list', '--platform', 'demo')).out,
        /case_\S+ +200 +all +demo\/annuaire\/1 +\S+\.yaml +La gare/,
      )
      const history = await run('case', 'history', id)
      assert.match(
        history.out,
        /1 +20\S+Z +operator \(\S+\) +add +- +200 +Une gare\n +2 .* edit +title,payload +200 +La gare/,
      )
      assert.match((await run('case', 'remove', id)).out, /restore case_\S+ 2/)
      assert.equal((await run('case', 'show', id)).code, 1)
      assert.match((await run('case', 'restore', id, '1')).out, /as in revision 1, now revision 4/)
      assert.match((await run('case', 'show', id)).out, /Gare d’Été/)
    })

    test('mistakes are told with file, line, reason and mend', async () => {
      await writeFile(file('wrong.yaml'), gare.replace('"75101"', 'Paris').replace('200', '299'))
      const { code, out } = await run('case', 'add', file('wrong.yaml'), '--api', api)
      assert.equal(code, 1)
      assert.match(out, /wrong\.yaml:4:9\n {4}the operation "lireService" declares no answer 299\n {4}→ Declared: 200/)
      assert.match((await run('case', 'add', file('none.yaml'), '--api', api)).out, /Cannot read/)
      assert.match((await run('case', 'edit', 'case_x', file('gare.yaml'))).out, /Which revision did you edit/)
      assert.match((await run('case', 'restore', 'case_x', 'zero')).out, /no such|no revision|No sandbox case/)
    })

    test('a scholarship of level 8, which some texts announce, is taken, and one of level 9 is not', async () => {
      const scholar = (level: string) =>
        `title: x\nparams: { ine: 990000099HH }\nstatus: 200\npayload: ${JSON.stringify(scholarOf(level))}\n`
      await writeFile(file('eight.yaml'), scholar('8'))
      await writeFile(file('nine.yaml'), scholar('9'))
      const boursiers = 'api-particulier/etudiants-boursiers/2'
      const nine = await run('case', 'add', file('nine.yaml'), '--api', boursiers)
      assert.equal(nine.code, 1)
      assert.match(nine.out, /echelonBourse/)
      const eight = await run('case', 'add', file('eight.yaml'), '--api', boursiers)
      assert.equal(eight.code, 0, eight.out)
    })

    test('a case comes from the standard input, and no more of it is read than may be', async () => {
      const fed = async (text: string) => {
        const words = ['sandbox', 'case', 'add', '-', '--api', api, '--name', 'entree']
        const child = spawn(process.execPath, [mainFile, ...words], { env: place.environment })
        let out = ''
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
        child.stdin.on('error', () => {})
        child.stdin.end(text)
        await once(child, 'close')
        return { code: child.exitCode, out }
      }
      const added = await fed(gare.replaceAll('gare-du-test', 'halte'))
      assert.equal(added.code, 0, added.out)
      const large = await fed(`${gare}description: ${'x'.repeat(3_000_000)}\n`)
      assert.equal(large.code, 1)
      assert.match(
        large.out,
        /standard input:1:1\n {4}more than the 263168 bytes that are read\n {4}→ Make the case smaller/,
      )
    })

    test('what is exported is what an import takes again, and a second export is the same', async () => {
      const cases = file('cases')
      await mkdir(join(cases, 'annuaire_v1_lireService'), { recursive: true })
      const written = {
        'a.yaml': 'title: Accents éà, œ\nparams: { identifiant: a }\nstatus: 200\npayload: |-\n  { "nom": "L’Été" }\n',
        '404.yaml':
          'description: |-\n  Personne\n  en deux lignes\nparams: {}\nstatus: 404\nheaders: { Retry-After: "3" }\n',
        'list.yaml': 'title: Liste\nparams: { identifiant: [b, c] }\nstatus: 503\npayload: null\n',
      }
      for (const [name, text] of Object.entries(written))
        await writeFile(join(cases, 'annuaire_v1_lireService', name), text)
      const imported = await run('import', cases, '--platform', 'demo')
      assert.match(imported.out, /3 taken, 0 refused/, imported.out)
      const again = await run('import', cases, '--platform', 'demo')
      assert.match(again.out, /3 taken/)
      assert.match((await run('export', file('first'), '--platform', 'demo')).out, /5 cases written/)
      for (const line of (await run('case', 'list')).out.matchAll(/case_[\w-]{16}/g))
        await run('case', 'remove', line[0])
      assert.match((await run('export', file('none'), '--platform', 'demo')).out, /0 cases written/)
      assert.match((await run('import', file('first'), '--platform', 'demo')).out, /5 taken, 0 refused/)
      await run('export', file('second'), '--platform', 'demo')
      const onto = await run('export', file('second'), '--platform', 'demo')
      assert.match(onto.out, /is not empty: name a new folder/)
      assert.deepEqual(await tree(file('second')), await tree(file('first')))
    })

    test('last: a case of an older version whose name leads out of the folder is named, not written', async (t) => {
      if (kind.databaseUrl === null) return t.skip('the embedded store cannot be changed from outside')
      const [{ file: before } = { file: '' }] = await place.rows('select file from sandbox_case limit 1')
      await place.rows(`update sandbox_case set file = '../../out.yaml' where file = '${before}'`)
      const { out } = await run('export', file('third'), '--platform', 'demo')
      assert.match(out, /\d cases written/)
      assert.match(
        out,
        /Not written, since their names lead out of the folder.*\n +case_[\w-]{16} +\.\.\/\.\.\/out\.yaml/,
      )
    })
  })

async function tree(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = files.toSorted().map(async (path) => [path.slice(root.length), await readFile(path, 'utf8')] as const)
  return Object.fromEntries(await Promise.all(read))
}
