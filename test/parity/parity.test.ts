import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { type Json, loadPlatform } from '#contract'
import { brokenPromises, differences } from '../../src/cli/parity/differences.js'
import { differing } from '../../src/cli/parity/report.js'
import { runParity } from '../../src/cli/parity/run-parity.js'
import { runCommand } from '../start/command.js'
import { createPlace } from '../start/place.js'

const row = z.object({
  ...{ group: z.string(), title: z.string(), api: z.string(), sandbox: z.string(), production: z.string() },
  differences: z.array(z.string()),
  apart: z.string().nullable(),
})
const written = z.object({
  platform: z.string(),
  rows: z.array(row),
  unplayed: z.array(z.object({ title: z.string() })),
})

describe('portique parity', () => {
  let folder = ''
  /** What it makes for itself lands in a place of its own, which others on this machine leave alone. */
  let place = ''
  const { TMPDIR } = process.env
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parity-test-'))
    place = await mkdtemp(join(folder, 'place-'))
    process.env.TMPDIR = place
  })
  after(async () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    await rm(folder, { recursive: true })
  })
  const run = (...parameters: string[]) => {
    const { PATH = '', HOME = '' } = process.env
    return runCommand({ environment: { PATH, HOME, NO_COLOR: '1' } }, ['parity', ...parameters])
  }

  // Over two thousand calls: a busy machine needs its time.
  test('of API Particulier: the sandbox and production say the same, in hundreds of cases', {
    timeout: 300_000,
  }, async () => {
    const file = join(folder, 'report.json')
    const { code, stdout, stderr } = await run('--platform', 'api-particulier', '--report', file)
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout, /\d{4} cases, \d{4} the same in the sandbox and in production, \d+ apart [^,]*, 0 different\./)
    assert.deepEqual(await readdir(place), [], 'what it made is gone')
    const report = written.parse(JSON.parse(await readFile(file, 'utf8')))
    const rowsOf = (title: string) => report.rows.filter((each) => each.title === title)
    // Those of one operation bear its name, which several contracts have.
    const statusOf = (title: string) =>
      rowsOf(title).find(({ api }) => !/\/2$/.test(api) && (!title.includes(': ') || api.includes('quotient')))
        ?.production
    const expected = {
      ...{ 'no token': '401 00101', 'a malformed Bearer': '401 00101', 'a token of another house': '401 00101' },
      ...{ 'an expired token': '401 00103', 'a revoked token': '401 00105', 'no scope of this API': '403 00100' },
      ...{ 'a token of the other environment': '401 00109', 'call 21 in the period': '429 00429' },
      ...{ 'another token, while one is over its quota': '200' },
      ...{ 'calls of one token to two APIs, counted together': '429 00429' },
      ...{ 'X-Api-Key': '200', 'token in the address': '200', 'an unknown version': '404 00402' },
      ...{
        'an unknown resource': '404',
        'an unknown API': '404',
        POST: '404',
        HEAD: '200',
        'a preflight': '404',
        'two Authorization': '400 00401',
        'a slash too many': '200',
      },
      ...{ 'parIdentite: no recipient': '422 00203', 'parIdentite: recipient is "13002526500014"': '422 00210' },
      ...{ 'parIdentite: recipient twice': '422 00210', 'parIdentite: nomNaissance as a list': '422 00420' },
      ...{ 'parIdentite: someone unknown': '404 35003', 'parIdentite: 502 Le fournisseur est en panne': '502 35001' },
      'parIdentite: 504 Le fournisseur ne répond pas à temps': '504 35002',
      'parIdentite: 503 Le fournisseur est en maintenance': '503 35020',
      'parIdentite: 422 Deux homonymes, faute d’une date de naissance': '422 35563',
      'the same call twice at once': '409 00015',
      ...{ 'parFranceConnect: angela-martin, all scopes': '200', 'parFranceConnect: no token': '401 00101' },
      'parFranceConnect: angela-martin, cnaf_quotient_familial alone': '200',
      'parFranceConnect: camille-dubreuil, whom this provider does not know': '404 35003',
      'parFranceConnect: the application’s own token': '401 51502',
      'parFranceConnect: a token at its end': '401 00101',
      'parFranceConnect: a token of the other environment': '401 00109',
      'parFranceConnect: a token with no scope of this API': '403 00100',
      'parFranceConnect: no recipient': '422 00203',
      'parFranceConnect: her token where an identity is asked for': '401 00101',
      'parIdentite: 200 Dossier complet : deux parents, deux enfants, adresse': '200',
    }
    for (const [title, status] of Object.entries(expected)) assert.equal(statusOf(title), status, title)
    // The door of version 2 is another one, which refuses in its own words.
    const older = {
      ...{ 'no token': '401', 'an expired token': '401', 'a revoked token': '401', 'no scope of this API': '401' },
      ...{ 'call 21 in the period': '429', 'another token, while one is over its quota': '200' },
      ...{ 'the same call twice at once': '409', 'X-Api-Key': '200', 'token in the address': '200', POST: '404' },
      ...{ 'an unknown version': '404', 'an unknown resource': '404', 'an unknown API': '404', 'dot segments': '400' },
    }
    for (const [title, status] of Object.entries(older)) {
      const { sandbox, production } = rowsOf(title).find(({ api }) => api.endsWith('/2')) ?? {}
      assert.deepEqual([sandbox, production], [status, status], title)
    }
    const folded = report.rows.filter(({ title }) => /, (without accents|first given name alone)$/.test(title))
    assert.ok(folded.some(({ sandbox, production }) => sandbox.startsWith('404') && production.startsWith('200')))
    for (const { title, sandbox, production, apart } of folded)
      assert.equal(apart?.startsWith('the sandbox finds a case by all') === true, sandbox !== production, title)
    assert.match(stdout, /apart: \d+, since the sandbox finds a case by all that the call says/)
    assert.ok(
      report.rows.some(({ title }) => title.endsWith('cnaf_quotient_familial alone')),
      'masked fields',
    )
    const { platform } = await loadPlatform('platforms/api-particulier')
    const adapted = platform?.apis.filter(({ adapter }) => adapter != null).map(({ id }) => id)
    assert.deepEqual([...new Set(report.rows.map(({ api }) => api))].toSorted(), adapted?.toSorted())
    assert.deepEqual(report.unplayed, [], 'every case of the sandbox was put to both')
    assert.ok(report.rows.length >= 1_000, String(report.rows.length))
  })

  const { DATABASE_URL: databaseUrl } = process.env
  test('the same on PostgreSQL, of one version of each door', {
    skip: databaseUrl === undefined && 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run',
  }, async (t) => {
    const on = await createPlace({ name: 'PostgreSQL', databaseUrl: databaseUrl ?? '' })
    t.after(() => on.drop())
    const { DATABASE_URL: own = '' } = on.environment
    const apis = ['dss-quotient-familial/3', 'composition-familiale-v2/2']
    const report = await runParity({ folder: 'platforms/api-particulier', apis, databaseUrl: own })
    assert.deepEqual(differing(report), [])
    assert.deepEqual(
      report.rows.filter(({ title }) => title === 'the same call twice at once').map(({ production }) => production),
      ['409', '409 00015'],
    )
    assert.ok(report.rows.length > 200, String(report.rows.length))
    const [kept] = await on.rows('select count(*) as tokens from api_token')
    assert.ok(Number(kept?.tokens) > 10, 'its tokens were kept there')
  })

  test('what a case promises is held against both: two that are wrong alike do not pass', () => {
    const told = (status: number, body = '') => ({ status, headers: new Map<string, string>(), body })
    const wrong = [told(200), told(200)] as const
    assert.deepEqual(differences(...wrong), [])
    assert.deepEqual(brokenPromises({ status: 409 }, wrong), ['promised: 409 is expected, told: 200 / 200'])
    const other = told(422, '{"errors":[{"code":"00201"}]}')
    assert.deepEqual(brokenPromises({ code: '00203' }, [other, other]), [
      'promised: the contract says 00203, told: 00201 / 00201',
    ])
    assert.deepEqual(brokenPromises({ status: 422, code: '00201' }, [other, other]), [])
  })

  test('a provider that answers otherwise is told, case by case', async () => {
    const report = await runParity({
      folder: 'platforms/api-particulier',
      apis: ['dss-quotient-familial/3'],
      distort: elder,
    })
    const wrong = differing(report)
    assert.ok(wrong.length > 10, String(wrong.length))
    assert.ok(
      wrong.every(({ sandbox }) => sandbox.startsWith('200')),
      'refusals are still the same',
    )
    assert.match(wrong[0]?.differences.join() ?? '', /body: .*CNAF.* \/ .*MSA/)
  })

  test('a platform without adapters, or that is none, is refused with what to do', async () => {
    const without = await run('--platform', 'demo')
    assert.equal(without.code, 1)
    assert.match(without.stderr, /has an adapter\.yaml/)
    const stranger = await run('--platform', 'api-particulier', '--api', 'dss-quotient-familial/4')
    assert.equal(stranger.code, 1)
    assert.match(stranger.stderr, /"dss-quotient-familial\/4".* has an adapter.*dss-quotient-familial\/3/)
    const none = await run('--platform', 'nulle-part')
    assert.equal(none.code, 1)
    assert.match(none.stderr, /platform\.yaml/)
    assert.equal((await run()).code, 1)
  })
})

/** Every fund is the other one. */
function elder(body: Json): Json {
  return JSON.parse(JSON.stringify(body).replaceAll('"organisme":"C"', '"organisme":"M"'))
}
