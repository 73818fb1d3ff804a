import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { runCommand } from '../start/command.js'
import { control } from '../start/control.js'
import { createPlace, storeKinds } from '../start/place.js'
import { mainFile, ownPortique, type Portique } from '../start/portique.js'
import { brief, callWith, newTenant, newToken, quotient, quotientScope } from '../tokens/token-story.js'

const identityLines =
  'nomNaissance=martin\nprenoms[]=ANGÉLA\nanneeDateNaissance=1976\nmoisDateNaissance=03\njourDateNaissance=12\n'
const rows = z.array(
  z.looseObject({
    ...{
      application: z.string(),
      token: z.string(),
      habilitation: z.string().nullable(),
      person: z.string().nullable(),
    },
    ...{
      recipient: z.string().nullable(),
      api: z.string(),
      status: z.number(),
      fields: z.array(z.string()).nullable(),
    },
  }),
)

/** Runs a command with an identity on its standard input. */
async function withInput({ place }: Portique, parameters: readonly string[], input: string) {
  const child = spawn(process.execPath, [mainFile, ...parameters], {
    env: place.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return {
    code: child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('close', resolve))),
    stdout,
    stderr,
  }
}

for (const kind of storeKinds)
  describe(`evidence of calls of API Particulier, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const list = async (...parameters: readonly string[]) => {
      const { code, stdout, stderr } = await runCommand(portique().place, ['evidence', 'list', '--json', ...parameters])
      assert.equal(code, 0, stderr)
      return rows.parse(JSON.parse(stdout))
    }

    test('a call leaves who, for whom, for which body, which fields and with what result; no value of anybody', async () => {
      const applicationId = await newTenant(portique())
      const more = { habilitationId: 'DP-7', scopes: ['cnaf_quotient_familial', 'cnaf_enfants'] }
      const { id, token } = await newToken(portique(), { applicationId, ...more })
      assert.equal((await callWith(portique(), token)).status, 200)
      assert.equal((await callWith(portique(), token, { target: quotient.replace('MARTIN', 'NOBODY') })).status, 404)
      const [seen, unknown, ...others] = await list('--application', applicationId)
      assert.ok(seen !== undefined && unknown !== undefined && others.length === 0)
      const { application, token: named, habilitation, recipient, api, status, fields } = seen
      assert.deepEqual(
        { application, named, habilitation, recipient, api, status },
        {
          ...{ application: applicationId, named: id, habilitation: 'DP-7', recipient: '13002526500013' },
          ...{ api: 'api-particulier/dss-quotient-familial/3', status: 200 },
        },
      )
      assert.match(seen.person ?? '', /^[\w-]{43}$/)
      assert.deepEqual(
        fields?.filter((name) => name.startsWith('data.enfants')),
        [
          ...['data.enfants[].nom_naissance', 'data.enfants[].nom_usage', 'data.enfants[].prenoms'],
          ...['data.enfants[].date_naissance', 'data.enfants[].sexe'],
        ],
      )
      assert.ok(fields?.includes('data.quotient_familial.valeur'))
      assert.ok(
        !fields?.some((name) => name.includes('adresse') || name.includes('allocataires')),
        'what was hidden did not leave',
      )
      assert.deepEqual([unknown.status, unknown.fields], [404, []])
      const forBody = (siret: string) => list('--application', applicationId, '--recipient', siret)
      assert.deepEqual([(await forBody('13002526500013')).length, (await forBody('35600000000048')).length], [2, 0])
      assert.notEqual(unknown.person, seen.person)
      const { stdout } = await runCommand(portique().place, ['evidence', 'list', '--application', applicationId])
      assert.match(stdout, /WHEN +APPLICATION +RECIPIENT +PERSON +API +RESULT +FIELDS\n/)
      for (const whole of [applicationId, '13002526500013', seen.person, 'data.quotient_familial.valeur'])
        assert.ok(whole && stdout.includes(whole), `${whole} in ${stdout}`)
    })

    test('what goes on to the provider is what evidence names, however blanks are set around it', async () => {
      const { id, token } = await newToken(portique(), { scopes: [quotientScope] })
      const twice = (name: string) => quotient.replace(`${name}=`, `${name}=&${name}=`)
      const codes = { nomNaissance: '00420', anneeDateNaissance: '00363', recipient: '00210' }
      for (const [name, code] of Object.entries(codes))
        assert.equal(brief(await callWith(portique(), token, { target: twice(name) })), `422 ${code}`, name)
      assert.equal((await callWith(portique(), token)).status, 200)
      assert.equal((await callWith(portique(), token, { target: twice('prenoms%5B%5D') })).status, 200)
      const [plain, blanks, ...others] = (await list('--token', id)).filter(({ status }) => status === 200)
      assert.ok(plain?.person && others.length === 0)
      assert.equal(blanks?.person, plain.person)
    })

    test('a refused call leaves who tried, about whom; nothing left', async () => {
      const { id, token } = await newToken(portique(), { scopes: ['mesri_identite'] })
      assert.equal((await callWith(portique(), token)).status, 403)
      for (let tries = 0; tries < 50 && (await list('--token', id)).length === 0; tries += 1);
      const [row] = await list('--token', id)
      assert.deepEqual([row?.status, row?.refusal, row?.fields], [403, 'access/scope', null])
      assert.ok(row?.person)
    })

    test('one person is found again by any call mode and spelling, from standard input alone', async () => {
      const { id, token } = await newToken(portique(), { scopes: ['cnaf_quotient_familial'] })
      const v2 =
        '/api/v2/composition-familiale-v2?nomNaissance=MARTIN&prenoms%5B%5D=Angela&anneeDateDeNaissance=1976&moisDateDeNaissance=3&jourDateDeNaissance=12&sexe=F&codePaysLieuDeNaissance=99100&codeInseeLieuDeNaissance=69383'
      assert.equal((await callWith(portique(), token)).status, 200)
      assert.equal((await callWith(portique(), token, { target: v2 })).status, 200)
      const { code, stdout, stderr } = await withInput(
        portique(),
        ['evidence', 'list', '--json', '--token', id, '--person'],
        identityLines,
      )
      assert.equal(code, 0, stderr)
      assert.deepEqual(
        rows.parse(JSON.parse(stdout)).map(({ api }) => api),
        ['api-particulier/dss-quotient-familial/3', 'api-particulier/composition-familiale-v2/2'],
      )
      const other = await withInput(
        portique(),
        ['evidence', 'list', '--token', id, '--person'],
        identityLines.replace('martin', 'petit'),
      )
      assert.match(other.stdout, /No evidence/)
      const json = await withInput(
        portique(),
        ['evidence', 'person'],
        JSON.stringify({
          nomNaissance: 'Martin',
          'prenoms[]': ['Angela'],
          anneeDateNaissance: 1976,
          moisDateNaissance: 3,
          jourDateNaissance: 12,
        }),
      )
      const lines = await withInput(portique(), ['evidence', 'person'], identityLines)
      assert.equal(json.stdout, lines.stdout)
    })

    test('a token has leaked: whose data did it give away? A table and JSON, within the period', async (t) => {
      const { id, token } = await newToken(portique(), { scopes: ['cnaf_quotient_familial', 'cnaf_adresse'] })
      await callWith(portique(), token)
      await callWith(portique(), token)
      const karim = quotient.replace('MARTIN', 'PETIT').replace('Angela', 'Jean').replace('1976', '1970')
      await callWith(portique(), token, { target: karim })
      const begun = performance.now()
      const { stdout } = await runCommand(portique().place, ['evidence', 'persons', '--token', id])
      t.diagnostic(`answered in ${Math.round(performance.now() - begun)} ms`)
      assert.match(stdout, /PERSON +CALLS +FIRST +LAST +APIS +FIELDS\n +[\w-]{43} +2 /)
      assert.match(stdout, /1 person, by keyed hash/)
      const json = await runCommand(portique().place, ['evidence', 'persons', '--json', '--token', id])
      const [person] = z.array(z.looseObject({ person: z.string(), calls: z.number() })).parse(JSON.parse(json.stdout))
      const angela = await withInput(portique(), ['evidence', 'person'], identityLines)
      assert.equal(person?.person, angela.stdout.trim())
      const before = await runCommand(portique().place, ['evidence', 'persons', '--token', id, '--to', '2020-01-01'])
      assert.match(before.stdout, /No data of anybody/)
    })

    test('an export is JSON Lines for its owner alone, and never overwrites', async () => {
      const { id, token } = await newToken(portique(), {})
      for (let call = 0; call < 3; call += 1) await callWith(portique(), token)
      const file = join(portique().place.folder, 'evidence.jsonl')
      const made = await runCommand(portique().place, ['evidence', 'export', file, '--token', id])
      assert.match(made.stdout, /3 calls\./, made.stderr)
      assert.equal(statSync(file).mode & 0o777, 0o600)
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
      assert.ok(lines.every((each) => typeof JSON.parse(each).requestId === 'string'))
      const again = await runCommand(portique().place, ['evidence', 'export', file, '--token', id])
      assert.deepEqual([again.code, /is there already/.test(again.stderr)], [1, true])
      const table = join(portique().place.folder, 'evidence.csv')
      const csv = await runCommand(portique().place, ['evidence', 'export', table, '--csv', '--token', id])
      assert.match(csv.stdout, /3 calls\./, csv.stderr)
      const [head, ...cells] = readFileSync(table, 'utf8').trimEnd().split('\n')
      assert.match(head ?? '', /^id,at,requestId,.*,recipient,.*,fields$/)
      assert.ok(cells.length === 3 && cells.every((each) => each.includes(`,${id},`)))
      const out = await runCommand(portique().place, ['evidence', 'export', '-', '--token', id])
      assert.equal(out.stdout.trimEnd().split('\n').length, 3)
    })

    test('bad input is told without being repeated', async () => {
      const { place } = portique()
      const bad: readonly (readonly [readonly string[], RegExp])[] = [
        [['list', '--from', 'hier'], /write 2026-11-28/],
        [['list', '--to', '2026-02-31'], /write 2026-11-28/],
        [['list', '--limit', 'all'], /whole number of lines/],
        [['list', '--from', '2026-11-02', '--to', '2026-11-01'], /"from" must be before "to"/],
        [['persons', '--from', '2026-11-02', '--to', '2026-11-02'], /"from" must be before "to"/],
        [['list', '--recipient', ''], /filter\.recipient/],
        [['export', join(place.folder, 'none', 'file')], /cannot be written \(ENOENT\)/],
      ]
      for (const [parameters, told] of bad) {
        const { code, stderr } = await runCommand(place, ['evidence', ...parameters])
        assert.equal(code, 1, parameters.join(' '))
        assert.match(stderr, told)
      }
      for (const input of ['', 'Zéphyrine', '{"nomNaissance": {}}', 'Zéphyrine=Canari', 'prenoms[]=Zéphyrine']) {
        const { code, stderr, stdout } = await withInput(portique(), ['evidence', 'person'], input)
        assert.equal(code, 1, input)
        assert.match(stderr, /standard input|Parameters: /)
        if (input !== 'Zéphyrine=Canari') assert.ok(!`${stdout}${stderr}`.includes('Zéphyrine'))
      }
      const bodies = [
        ...[{ filter: { fields: 1 } }, { limit: 0 }, { limit: 5_001 }, { filter: { from: 'x' } }, { after: 'there' }],
        ...[{ filter: { from: 1.5 } }, { filter: { to: 1e300 } }, { filter: { token: 'a\u0000b' } }],
        ...[{ filter: { person: 'x'.repeat(201) } }, { filter: { api: '\ud800' } }, { filter: null }, []],
      ]
      for (const body of bodies) {
        const { status } = await control(portique(), 'POST', '/evidence/search', body)
        assert.equal(status, 400, JSON.stringify(body))
      }
      assert.ok(!existsSync(join(place.folder, 'none')))
    })

    test('what cannot be recorded does not leave: 503, no data, and it goes on afterwards', async (t) => {
      if (kind.databaseUrl === null) return t.skip('the embedded store cannot be hindered from outside')
      const { token } = await newToken(portique())
      assert.equal((await callWith(portique(), token)).status, 200)
      await portique().place.rows('alter table evidence rename to evidence_away')
      const seen = await callWith(portique(), token)
      await portique().place.rows('alter table evidence_away rename to evidence')
      assert.equal(seen.status, 503)
      assert.match(seen.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
      assert.doesNotMatch(seen.text, /valeur|MARTIN/)
      assert.equal((await callWith(portique(), token)).status, 200)
    })

    test('last: on the closed store the commands answer the same; export and import take tokens and evidence along', async (t) => {
      const { place } = portique()
      const before = await list()
      assert.deepEqual(await portique().end('SIGTERM'), { code: 0, signal: null })
      const after = await list()
      assert.ok(before.length >= 10)
      assert.deepEqual(after.slice(0, before.length), before)
      const moved = join(place.folder, 'moved.jsonl')
      const written = await runCommand(place, ['store', 'export', relative(process.cwd(), moved)])
      assert.ok(written.stdout.includes(`Written: ${moved}.`), written.stdout)
      const audit = await place.rows("select count(*) as readings from audit where action = 'evidence.read'")
      assert.ok(Number(audit[0]?.readings) > 5, 'each reading is on record')
      const there = await createPlace({ name: 'embedded store', databaseUrl: null })
      t.after(() => there.drop())
      const PORTIQUE_SECRET_KEY = readFileSync(join(place.folder, 'secret.key'), 'utf8').trim()
      const environment = { ...there.environment, PORTIQUE_SECRET_KEY }
      const taken = await runCommand({ environment }, ['store', 'import', moved])
      assert.equal(taken.code, 0, taken.stderr)
      const { stdout } = await runCommand({ environment }, ['token', 'list', '--json'])
      const { stdout: here } = await runCommand(place, ['token', 'list', '--json'])
      assert.equal(stdout, here, 'tokens went along')
      const [one] = z.array(z.object({ id: z.string() })).parse(JSON.parse(stdout))
      const text = async (of: Parameters<typeof runCommand>[0]) =>
        (await runCommand(of, ['token', 'show', one?.id ?? ''])).stdout
      assert.equal(await text({ environment }), await text(place), 'and so did the key that signs them')
    })
  })
