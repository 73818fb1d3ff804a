import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Fields, systemClock } from '#base'
import type { ApiVersion } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { apiNamed, loadApis, openWire, type Wire } from './fixtures/wire.fixture.js'

let demo: ApiVersion
let wire: Wire

before(async () => {
  demo = apiNamed(await loadApis('platforms/demo'), 'annuaire')
  wire = await openWire(createSandbox({ clock: systemClock }), demo)
})
after(() => wire.close())

const get = async (path: string, headers: Readonly<Record<string, string>> = {}, url = wire.url) => {
  const response = await fetch(`${url}${path}`, { headers })
  const text = await response.text()
  return { status: response.status, refusal: response.headers.get('x-refusal'), headers: response.headers, text }
}

describe('an API without simulation', () => {
  it('answers the case with the most parameters that agree', async () => {
    const { status, text } = await get('/services?commune=69381&nature=bibliotheque&page=1')
    assert.equal(status, 200)
    assert.equal(JSON.parse(text).services[0].identifiant, 'bibliotheque-des-quais')
  })

  it('answers the example of the contract when no case agrees', async () => {
    const { status, headers, text } = await get('/services?commune=75101')
    assert.equal(status, 200)
    assert.equal(headers.get('content-type'), 'application/json')
    assert.equal(JSON.parse(text).services[0].identifiant, 'mairie-centre')
  })

  it('answers another status of the contract on demand', async () => {
    const { status, headers } = await get('/services/mairie-centre', { Prefer: 'code=404' })
    assert.deepEqual([status, headers.get('preference-applied')], [404, 'code=404'])
    assert.equal((await get('/services/mairie-centre', { Prefer: 'code=418' })).status, 200)
    assert.equal((await get('/services/mairie-centre', { Prefer: 'code=99999999, respond-async' })).status, 200)
  })

  it('refuses what the contract refuses', async () => {
    for (const query of ['commune=Lyon', 'nature=gare', 'page=0', 'page=un', 'commune=%FF'])
      assert.equal((await get(`/services?${query}`)).refusal, 'request/contract', query)
    assert.equal((await get('/services/MAJUSCULES')).refusal, 'request/contract')
  })

  it('answers HEAD without a body', async () => {
    const response = await fetch(`${wire.url}/services`, { method: 'HEAD' })
    assert.deepEqual([response.status, await response.text()], [200, ''])
  })

  it('answers what it is asked by many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => get('/services?commune=75101')))
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  })
})

describe('bodies', () => {
  const path = '/services/mairie-centre/signalements'
  const post = (body: string | Uint8Array, type = 'application/json') =>
    new Promise<{ status: number; refusal: unknown }>((resolve, reject) => {
      const call = request(`${wire.url}${path}`, { method: 'POST', headers: { 'content-type': type } }, (response) => {
        response.resume()
        resolve({ status: response.statusCode ?? 0, refusal: response.headers['x-refusal'] })
      })
      call.on('error', reject)
      call.end(body)
    })

  it('takes a right one', async () => assert.equal((await post('{"message":"Bonjour"}')).status, 201))

  const wrongs: readonly (readonly [string, string | Uint8Array])[] = [
    ['nothing', ''],
    ['what is no JSON', '{'],
    ['what is no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['what nests too deeply', `{"message":${'['.repeat(100)}${']'.repeat(100)}}`],
    ['what nests far too deeply', '['.repeat(200_000)],
    ['a missing key', '{}'],
    ['a key too many', '{"message":"a","__proto__":{"x":1},"autre":1}'],
    ['a wrong type', '{"message":1}'],
    ['a list', '[]'],
    ['too long a text', JSON.stringify({ message: 'a'.repeat(2001) })],
  ]
  for (const [name, body] of wrongs)
    it(`refuses ${name}`, async () => assert.equal((await post(body)).refusal, 'request/contract'))

  it('refuses another type of content', async () =>
    assert.equal((await post('message=a', 'application/x-www-form-urlencoded')).refusal, 'request/contract'))
})

describe('faults of the operator', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portique-sandbox-'))
  })
  after(() => rm(folder, { recursive: true }))

  const answersWith = async (simulation: string, data?: string) => {
    await writeFile(join(folder, 'simulation.yaml'), simulation)
    if (data !== undefined) await writeFile(join(folder, 'rows.jsonl'), data)
    const events: string[] = []
    const note = (event: string, fields: Fields = {}) => void events.push(`${event} ${fields.reason}`)
    const log = { debug: note, info: note, warn: note, error: note }
    const api: ApiVersion = { ...demo, source: { kind: 'folder', folder } }
    const sandbox = createSandbox({ clock: systemClock, log })
    const broken = await openWire(sandbox, api)
    try {
      return { ...(await get('/services/mairie-centre', {}, broken.url)), events }
    } finally {
      await broken.close()
    }
  }
  const simulation = [
    'refusal: { status: 400, body: { message: $message }, texts: {} }',
    'datasets: { rows: { file: rows.jsonl } }',
    'operations:',
    '  lireService:',
    '    collection: { dataset: rows, parameters: { identifiant: { at: path, filter: { by: equal, fields: [id] } } }, whole: { status: 200, body: $row }, none: { status: 404 } }',
  ].join('\n')

  it('answers from rows when all is well', async () => {
    const { status, text } = await answersWith(simulation, '{"id":"mairie-centre","nom":"a"}\n\n{"id":"x"}\n')
    assert.deepEqual([status, JSON.parse(text)], [200, { id: 'mairie-centre', nom: 'a' }])
  })

  const wrongs: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    ['a wrong simulation', 'operations: {}', undefined, /simulation\.yaml:1/],
    ['rows that are no JSON', simulation, '{"id":1}\n{oops\n', /rows\.jsonl:2/],
    ['rows that are no objects', simulation, '[1]\n', /rows\.jsonl:1/],
    ['missing rows', simulation.replace('rows.jsonl', 'absent.jsonl'), undefined, /absent\.jsonl/],
  ]
  for (const [name, text, data, reason] of wrongs)
    it(`answers 501 to each call and tells the log about ${name}`, async () => {
      const answer = await answersWith(text, data)
      assert.deepEqual([answer.status, answer.refusal], [501, 'sandbox/no-answer'])
      assert.match(answer.events[0] ?? '', /^sandbox\/fault /)
      assert.match(answer.events[0] ?? '', reason)
      assert.doesNotMatch(answer.text, reason)
    })
})
