import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type CommandResult, runCommand, runCommandProcess } from '../start/command.js'
import { writeLieux } from '../start/lieux.js'
import { createPlace, storeKinds } from '../start/place.js'
import { ownPortique, startPortique } from '../start/portique.js'
import { askToken, bearer, demoApplication, tokenOf, tokenPaths } from '../start/tokens.js'
import { exampleUpstream } from '../start/upstream.js'
import { runInBash } from '../two-commands/printed-commands.js'

for (const kind of storeKinds)
  describe(`one's own API by command, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const upstream = exampleUpstream()
    const run = (...parameters: string[]) => runCommand(portique().place, parameters)
    const publishLieux = (...more: string[]) => run(...lieuxParameters(), ...more)
    const lieuxParameters = () => [
      ...['publish', writeLieux(portique().place.folder), '--platform', 'demo', '--upstream', upstream.url()],
    ]
    const callLieux = (token: string) => fetch(`${portique().url}/demo/lieux/v1/lieux`, { headers: bearer(token) })

    test('publish puts it on the air of the running process, and the printed lines work', async () => {
      const done = await runCommandProcess(portique().place, [...lieuxParameters(), '--quota-application', '40/s'])
      assert.equal(done.code, 0, done.stderr)
      assert.match(done.stdout, /On the air: demo\/lieux\/1/)
      const lines = done.stdout.split('\n').filter((line) => /^(ANSWER=|curl )/.test(line))
      const [token = '', call = '', sandboxToken = '', sandboxCall = ''] = await runInBash(lines)
      assert.equal(JSON.parse(token).scope, 'api_lieuxv1')
      assert.match(call, /^HTTP\/1\.1 200 OK\r$/m)
      assert.match(call, /\{"lieux":\[\]\}$/m)
      assert.match(done.stdout, /The sandbox answers, from the document, the application Demo bac à sable:/)
      assert.equal(JSON.parse(sandboxToken).scope, 'api_lieuxv1')
      assert.match(sandboxCall, /^HTTP\/1\.1 200 OK\r$/m)
      assert.match(sandboxCall, /\{"lieux":\["bibliotheque"\]\}$/m)
      assert.deepEqual(upstream.seen, ['GET /lieux'])
    })

    test('the same again is refused, unless it is to be replaced', async () => {
      assertRefused(await publishLieux(), /This version is published already/)
      assert.equal((await publishLieux('--replace', '--quota-application', '40/s')).code, 0)
    })

    test('an API of the platform’s folder is in the way of its namesake', async () => {
      assertRefused(await publishLieux('--code', 'annuaire'), /already that of another.*demo\/annuaire\/1/)
      assertRefused(await run('api', 'withdraw', 'demo/annuaire/1'), /platform's folder/)
      const { stdout } = await run('api', 'list')
      assert.match(stdout, /^ {2}API +STATE +FROM\n[\s\S]*demo\/annuaire\/1 +published +folder/)
      assert.match(stdout, /demo\/lieux\/1 +published +store/)
    })

    test('an application is created, subscribed, shown, listed, rotated, suspended and unsubscribed', async () => {
      const credentials = await createApplication('Mon application')
      const id = credentials.client_id
      assert.equal((await askDemo(credentials)).status, 400)
      assert.equal((await run('application', 'subscribe', id, 'lieux/1')).code, 0)
      const token = await tokenOf(portique().url + tokenPaths.demo, credentials, 'api_lieuxv1')
      assert.equal((await callLieux(token)).status, 200)

      const shown = await run('application', 'show', id)
      for (const part of ['Mon application', 'demo, production', 'active', credentials.client_secret, 'demo/lieux/1'])
        assert.ok(shown.stdout.includes(part), `${part} in ${shown.stdout}`)
      assert.match(shown.stdout, /secret +\S+\n +last use +none \(written every 30 seconds\)/)
      const listed = await run('application', 'list')
      assert.match(listed.stdout, new RegExp(`Mon application +demo +production +active +1 +${id}`))

      const rotated = await run('application', 'rotate', id)
      const client_secret = /client_secret +(\S+)/.exec(rotated.stdout)?.[1] ?? ''
      assert.notEqual(client_secret, credentials.client_secret)
      assert.equal((await askDemo({ ...credentials, client_secret })).status, 200)
      assert.equal((await askDemo(credentials)).status, 200, 'the secret before works while they overlap')
      assert.match((await run('application', 'rotate', id, '--overlap', '0')).stdout, /No secret of before works/)
      assert.equal((await askDemo({ ...credentials, client_secret })).status, 401, 'no overlap was asked for')

      assert.equal((await run('application', 'suspend', id)).code, 0)
      assert.equal((await callLieux(token)).status, 403)
      assert.equal((await run('application', 'resume', id)).code, 0)
      assert.equal((await callLieux(token)).status, 200)

      assert.equal((await run('application', 'unsubscribe', id, 'lieux/1')).code, 0)
      assert.equal((await callLieux(token)).status, 403)
      assert.match((await run('application', 'unsubscribe', id, 'lieux/1')).stdout, /nothing changed/)
    })

    test('what is withdrawn is gone at once', async () => {
      assert.equal((await run('api', 'withdraw', 'demo/lieux/1')).code, 0)
      assert.equal((await callLieux('whatever')).status, 404)
      assertRefused(await run('api', 'withdraw', 'demo/lieux/1'), /No API is published/)
    })

    async function createApplication(name: string) {
      const { stdout, stderr } = await run('application', 'create', name, '--platform', 'demo')
      const [client_id, client_secret] = ['client_id', 'client_secret'].map(
        (field) => new RegExp(`${field} +(\\S+)`).exec(stdout)?.[1],
      )
      assert.ok(client_id !== undefined && client_secret !== undefined, stderr)
      return { client_id, client_secret }
    }
    const askDemo = (credentials: { client_id: string; client_secret: string }) =>
      askToken(portique().url + tokenPaths.demo, credentials, 'api_lieuxv1')
  })

for (const kind of storeKinds)
  describe(`commands with no process running, on the ${kind.name}`, () => {
    const upstream = exampleUpstream()

    test('they write to the store, and the next start serves it', async (t) => {
      const place = await createPlace(kind)
      t.after(() => place.drop())
      const run = (...parameters: string[]) => runCommand(place, parameters)
      const published = await run(
        ...['publish', writeLieux(place.folder), '--platform', 'demo', '--upstream', upstream.url()],
      )
      assert.equal(published.code, 0, published.stderr)
      assert.match(published.stdout, /portique application subscribe <client_id> demo\/lieux\/1/)
      const created = await run('application', 'create', 'Avant le départ', '--platform', 'demo')
      const id = /client_id +(\S+)/.exec(created.stdout)?.[1] ?? ''
      const secret = /client_secret +(\S+)/.exec(created.stdout)?.[1] ?? ''
      assert.equal((await run('application', 'subscribe', id, 'lieux/1')).code, 0)

      const portique = await startPortique(place)
      try {
        const credentials = { client_id: id, client_secret: secret }
        const token = await tokenOf(portique.url + tokenPaths.demo, credentials, 'api_lieuxv1')
        const answer = await fetch(`${portique.url}/demo/lieux/v1/lieux`, { headers: bearer(token) })
        assert.equal(answer.status, 200)
      } finally {
        await portique.end('SIGKILL')
      }
    })
  })

describe('bad input of each command', () => {
  const [embedded] = storeKinds
  assert.ok(embedded)
  const portique = ownPortique(embedded)
  const run = (...parameters: string[]) => runCommand(portique().place, parameters)
  const everything = async () =>
    JSON.stringify(await Promise.all([run('api', 'list'), run('application', 'list', '--json')]))
  const write = (name: string, text: string) => {
    const file = join(portique().place.folder, name)
    writeFileSync(file, text)
    return file
  }
  const demo = ['--platform', 'demo', '--upstream', 'https://lieux.exemple.fr']
  const lieux = () => writeLieux(portique().place.folder)
  const demoId = () => demoApplication(portique(), 'demo').client_id

  const cases: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ['a file that is not there', () => ['publish', 'nulle-part.yaml', ...demo], /Cannot read nulle-part\.yaml/],
    ['a folder for a file', () => ['publish', portique().place.folder, ...demo], /Cannot read/],
    [
      'bad YAML',
      () => ['publish', write('mauvais.yaml', 'openapi: 3.1.0\ninfo: {title: x\n'), ...demo],
      /mauvais\.yaml:\d+:\d+/,
    ],
    [
      'bad OpenAPI, with the line of it',
      () => [
        'publish',
        write('faux.yaml', readFileSync(lieux(), 'utf8').replace('operationId: listerLieux', 'operationId: [1]')),
        ...demo,
      ],
      /faux\.yaml:6:\d+/,
    ],
    ['an empty document', () => ['publish', write('vide.yaml', ''), ...demo], /vide\.yaml:1:1/],
    ['a rate that is none', () => ['publish', lieux(), ...demo, '--quota-api', 'vite'], /Quota "vite" cannot be read/],
    ['a rate of nothing', () => ['publish', lieux(), ...demo, '--quota-application', '0/s'], /Quota "0\/s"/],
    [
      'an unknown platform',
      () => ['publish', lieux(), '--platform', 'dmo', '--upstream', 'https://lieux.exemple.fr'],
      /Unknown platform\. Known: api-particulier, demo, france-travail/,
    ],
    ['no upstream', () => ['publish', lieux(), '--platform', 'demo'], /required option '--upstream <url>'/],
    [
      'an upstream that is no address',
      () => ['publish', lieux(), '--platform', 'demo', '--upstream', 'lieux'],
      /upstream/i,
    ],
    [
      'an upstream that is a file',
      () => ['publish', lieux(), '--platform', 'demo', '--upstream', 'file:///etc/hosts'],
      /upstream/i,
    ],
    ['a code that is no code', () => ['publish', lieux(), ...demo, '--code', '../x'], /code/],
    ['withdrawing what has no such form', () => ['api', 'withdraw', 'demo'], /names no API/],
    ['withdrawing a path', () => ['api', 'withdraw', '../../applications'], /names no API/],
    ['withdrawing what is not there', () => ['api', 'withdraw', 'demo/rien/1'], /No API is published/],
    ['no name', () => ['application', 'create', ' ', '--platform', 'demo'], /A name has 1 to 100/],
    ['a control character', () => ['application', 'create', 'a\u001bb', '--platform', 'demo'], /no control character/],
    ['a sign that turns text', () => ['application', 'create', 'a\u202eb', '--platform', 'demo'], /no control/],
    ['a long name', () => ['application', 'create', 'x'.repeat(101), '--platform', 'demo'], /A name has 1 to 100/],
    ['an unknown platform for an application', () => ['application', 'create', 'X', '--platform', 'x'], /Unknown plat/],
    [
      'an unknown environment',
      () => ['application', 'create', 'X', '--platform', 'demo', '--environment', 'prod'],
      /environment.*"production"\|"sandbox"/,
    ],
    [
      'a redirect address in clear',
      () => ['application', 'create', 'X', '--platform', 'demo', '--redirect-uri', 'http://exemple.fr/'],
      /A redirect address is/,
    ],
    ['an unknown application', () => ['application', 'subscribe', 'cli_x', 'annuaire/1'], /Unknown application/],
    ['an unknown API', () => ['application', 'subscribe', demoId(), 'annuair/1'], /Did you mean: annuaire\/1/],
    ['unsubscribing from an unknown API', () => ['application', 'unsubscribe', demoId(), 'x/1'], /Unknown API/],
    ['rotating an unknown application', () => ['application', 'rotate', 'cli_x'], /Unknown application/],
    ['an overlap that is none', () => ['application', 'rotate', demoId(), '--overlap', 'un an'], /"un an" cannot be/],
    ['an overlap of a year', () => ['application', 'rotate', demoId(), '--overlap', '31536000'], /90 days/],
    ['showing an unknown application', () => ['application', 'show', '../apis'], /Unknown application/],
    ['suspending an unknown application', () => ['application', 'suspend', 'cli_x'], /Unknown application/],
    ['resuming an unknown application', () => ['application', 'resume', 'cli_x'], /Unknown application/],
    ['an unknown command', () => ['deploy'], /unknown command 'deploy'/],
    ['an unknown option', () => ['api', 'list', '--tout'], /unknown option '--tout'/],
    [
      'a backup where nothing can be',
      () => ['store', 'backup', '/nulle/part'],
      /The folder .nulle is not there: make it/,
    ],
    ['an import that is none', () => ['store', 'import', lieux()], /Another process uses this data folder/],
    ['a second process in the folder', () => ['dev'], /Another process uses this data folder/],
  ]

  test('exits 1, says what is wrong, and changes nothing', async (t) => {
    const before = await everything()
    for (const [name, parameters, said] of cases)
      await t.test(name, async () => assertRefused(await run(...parameters()), said))
    assert.equal(await everything(), before)
  })
})

/** Refused in words, not by a fault. */
function assertRefused({ code, stdout, stderr }: CommandResult, said: RegExp): void {
  assert.equal(code, 1, stdout + stderr)
  assert.match(stderr, said)
  assert.doesNotMatch(stderr, /\n +at |node:internal/, 'a stack is no explanation')
  assert.equal(stdout, '')
}
