import assert from 'node:assert/strict'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { devFile } from '../start/dev-file.js'
import { ownPlatforms } from '../start/own-platforms.js'
import { createPlace, type StoreKind } from '../start/place.js'
import { ownPortique, startPortique } from '../start/portique.js'
import { exampleUpstream } from '../start/upstream.js'
import { runInBash } from '../two-commands/printed-commands.js'

const embedded: StoreKind = { name: 'embedded store', databaseUrl: null }
const document = `openapi: 3.1.0
info: { title: Signalements, version: 1.0.0 }
paths:
  /signalements:
    post:
      operationId: signaler
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [lieu] }, example: { lieu: "l'école" } } }
      responses:
        "201":
          description: Reçu.
          content:
            application/json:
              schema: { type: object, properties: { numero: { type: integer, x-scope: numeros } } }
              example: { numero: 7 }
`
const linesOf = (text: string) => text.split('\n').filter((line) => /^(ANSWER=|TOKEN=|curl )/.test(line))

describe('the lines that publish prints', () => {
  const portique = ownPortique(embedded)
  const upstream = exampleUpstream((request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"numero":8}'))
  })
  const publish = (...more: readonly string[]) => {
    const file = join(portique().place.folder, 'signalements.yaml')
    writeFileSync(file, document)
    return runCommand(portique().place, ['publish', file, '--upstream', upstream.url(), ...more])
  }
  const answersOf = async (stdout: string) => {
    // As it is where the package is installed.
    const portiqueHere = `portique() { PORTIQUE_DATA='${portique().place.folder}' node dist/portique/main.js "$@"; }`
    const written = await runInBash([portiqueHere, ...linesOf(stdout)])
    const bodies = written.slice(1).map((each) => each.split('\r\n\r\n').at(-1)?.trim())
    return bodies.filter((_, index) => index % 2 === 1)
  }

  for (const [platform, more] of [
    ['demo', []],
    ['demo', ['--open', '--code', 'ouvert']],
    ['api-particulier', []],
    ['france-travail', ['--realm', 'partenaire']],
  ] as const)
    test(`work as pasted, with a body and what opens its fields, on ${[platform, ...more].join(' ')}`, async () => {
      const done = await publish('--platform', platform, ...more)
      assert.equal(done.code, 0, done.stderr)
      assert.deepEqual(await answersOf(done.stdout), ['{"numero":8}', '{"numero":7}'])
    })

  test('and dev.json names the new scopes at once', () => {
    const dev = devFile.parse(JSON.parse(readFileSync(join(portique().place.folder, 'dev.json'), 'utf8')))
    for (const { scopes } of dev.applications.filter(({ platform, type }) => platform === 'demo' && type === 'private'))
      assert.ok(scopes.includes('api_signalementsv1'), scopes.join(' '))
  })

  test('no token is promised where people sign in for it', async () => {
    const { code, stdout } = await publish('--platform', 'france-travail', '--realm', 'individu', '--code', 'autre')
    assert.equal(code, 0)
    assert.match(stdout, /gives tokens to people who sign in/)
    assert.doesNotMatch(stdout, /ANSWER=/)
  })

  test('a realm that must be named is asked for, with no line of a file that there is not', async () => {
    const { code, stderr } = await publish('--platform', 'france-travail')
    assert.equal(code, 1)
    assert.match(
      stderr,
      /^ {2}the options given\n {4}the platform has several realms.*\n {4}→ Add --realm, one of: partenaire, /m,
    )
  })
})

test('the ready block calls the first API of a platform of one’s own, as pasted', async (t) => {
  const place = await createPlace(embedded)
  t.after(() => place.drop())
  const platforms = ownPlatforms(place.folder, [])
  cpSync(join(platforms, 'demo'), join(platforms, 'mairie'), { recursive: true })
  rmSync(join(platforms, 'demo'), { recursive: true })
  const file = join(platforms, 'mairie/platform.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('id: demo', 'id: mairie').replace('/demo/', '/mairie/'))
  const portique = await startPortique(place, { PORTIQUE_PLATFORMS: platforms })
  t.after(() => portique.end('SIGKILL'))
  const block = portique.stdout()
  assert.match(block, /# 1\. Demonstration platform, .*: a call of the sandbox\n/)
  const lines = block.slice(block.indexOf('\n', block.indexOf('# 1. ')) + 1, block.indexOf('  Ctrl-C'))
  const [answer = ''] = await runInBash([lines.trim()])
  assert.match(answer, /^HTTP\/1\.1 200 OK\r$/m, answer)
})
