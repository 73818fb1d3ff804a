import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { newApplication } from '../start/control.js'
import { createPlace, storeKinds } from '../start/place.js'
import { startPortique } from '../start/portique.js'
import { bearer } from '../start/tokens.js'
import { exampleUpstream } from '../start/upstream.js'

const document = `openapi: 3.1.0
info: { title: Dossiers, version: 1.0.0, x-provider: { code: "77", name: Ma caisse } }
paths:
  /dossiers:
    get:
      operationId: lireDossier
      parameters: [{ name: numero, in: query, required: true, schema: { type: string } }]
      responses:
        "200":
          description: Le dossier.
          content:
            application/json:
              schema: { type: object, required: [montant], properties: { montant: { type: integer } } }
              example: { montant: 7 }
`
const adapter = `credentials: { kind: api-key, header: X-Cle, secret: ma_caisse_key }
success: { at: /retour, equals: "00" }
errors:
  - { status: 200, at: /retour, equals: "40", is: not_found }
operations:
  lireDossier:
    request:
      path: /interne/{numero}
      pairs: [{ from: /parameters/numero, to: /path/numero }]
    answer:
      pairs: [{ from: /mt, to: /montant, required: true, convert: integer }]
`
const wrongAdapter = adapter
  .replace('/parameters/numero', '/parameters/numro')
  .replace('convert: integer', 'convert: intger')
  .replace('is: not_found', 'is: not_fund')
/** Places and mends that are told of it. */
const told = [
  /adapter\.yaml:4:\d+\n\s+.*"not_fund".*\n\s+→ .*not_found/,
  /adapter\.yaml:9:\d+\n\s+the contract has no parameter "numro"\n\s+→ .*"numero"/,
  /adapter\.yaml:11:\d+\n\s+.*intger.*\n\s+→ .*integer/,
]

for (const kind of storeKinds)
  describe(`an API that is published with its adapter, on the ${kind.name}`, () => {
    const keys: (string | undefined)[] = []
    const upstream = exampleUpstream((request, response) => {
      keys.push(request.headers['x-cle']?.toString())
      const known = request.url === '/interne/12'
      request.resume().on('end', () => {
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end(known ? '{"retour":"00","mt":"412","secret":"1"}' : '{"retour":"40"}')
      })
    })

    test('is checked as a folder is, asks for its secret, answers, and is there again after a start', async (t) => {
      const place = await createPlace(kind)
      t.after(() => place.drop())
      const write = (name: string, text: string) => {
        writeFileSync(join(place.folder, name), text)
        return join(place.folder, name)
      }
      const secrets = write('secrets.json', '{}')
      const settings = { PORTIQUE_PROVIDER_SECRETS: secrets }
      let portique = await startPortique(place, settings)
      t.after(() => portique.end('SIGKILL'))
      const [file, own] = [write('dossiers.yaml', document), write('adapter.yaml', adapter)]
      const publish = (given: string, ...more: readonly string[]) =>
        runCommand(place, [
          ...['publish', file, '--platform', 'demo', '--upstream', upstream.url(), '--adapter', given, ...more],
        ])

      const mistaken = await publish(write('adapter.yaml', wrongAdapter))
      assert.equal(mistaken.code, 1)
      for (const each of told) assert.match(mistaken.stderr, each)
      write('adapter.yaml', adapter)
      const keyless = await publish(own)
      assert.equal(keyless.code, 1)
      assert.match(keyless.stderr, /PORTIQUE_PROVIDER_SECRETS\n? .*no secret for ma_caisse_key \(demo\/dossiers\/1\)/s)
      assert.equal((await runCommand(place, ['api', 'list'])).stdout.includes('demo/dossiers'), false)

      // Another platform's secret is nobody else's to name.
      write('secrets.json', '{ "api-particulier": { "ma_caisse_key": "cle-d-une-autre" } }')
      const strange = await publish(own)
      assert.match(strange.stderr, /no secret for ma_caisse_key.*\{ "demo": \{ "ma_caisse_key": "<secret>" \} \}/s)
      write('secrets.json', '{ "demo": { "ma_caisse_key": "cle-de-la-caisse" } }')
      const done = await publish(own, '--upstream', `${upstream.url()}/`)
      assert.equal(done.code, 0, done.stderr)
      const { token } = await newApplication(portique, 'A', 'demo/dossiers/1', 'api_dossiersv1')
      const ask = async (numero: string) => {
        const answer = await fetch(`${portique.url}/demo/dossiers/v1/dossiers?numero=${numero}`, {
          headers: bearer(token),
        })
        return { status: answer.status, body: await answer.json() }
      }
      assert.deepEqual(await ask('12'), { status: 200, body: { montant: 412 } })
      assert.equal((await ask('13')).status, 404)
      assert.deepEqual(upstream.seen, ['GET /interne/12', 'GET /interne/13'])
      assert.deepEqual(new Set(keys), new Set(['cle-de-la-caisse']))

      await portique.end('SIGTERM')
      portique = await startPortique(place, settings)
      assert.deepEqual(await ask('12'), { status: 200, body: { montant: 412 } })
      assert.ok(!portique.stderr().includes('cle-de-la-caisse'))
    })
  })

describe('portique check, of what is to be published', () => {
  test('tells the same mistakes without anything running', async (t) => {
    const [embedded = assert.fail()] = storeKinds
    const place = await createPlace(embedded)
    t.after(() => place.drop())
    const [file, own] = [join(place.folder, 'dossiers.yaml'), join(place.folder, 'adapter.yaml')]
    writeFileSync(file, document)
    const check = (text: string, ...more: readonly string[]) => {
      writeFileSync(own, text)
      return runCommand(place, ['check', file, '--adapter', own, ...more])
    }
    const good = await check(adapter, '--platform', 'demo')
    assert.equal(good.code, 0, good.stderr)
    assert.match(good.stdout, /No mistake in .*dossiers\.yaml: it can be published\./)
    const wrong = await check(wrongAdapter, '--platform', 'demo', '--code', 'Dossiers')
    assert.equal(wrong.code, 1)
    for (const each of told) assert.match(wrong.stderr, each)
    assert.match(wrong.stderr, /the options given\n +--code: not lower-case/)
    const nowhere = await check(adapter)
    assert.equal(nowhere.code, 1)
    assert.match(nowhere.stderr, /--platform .*demo/)
  })
})
