import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { ApiVersion, JsonObject, Operation } from '#contract'
import { api, operation, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'

const schema: JsonObject = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string' },
    name: { type: 'string', 'x-scope': 'name' },
    email: { type: 'string', 'x-scope': { anyOf: ['email', 'all'] } },
  },
}
const json = (shape: JsonObject) => ({ 'application/json': { schema: shape } })
const shaped: Operation = {
  ...operation('GET', '/items'),
  definition: {
    responses: {
      '200': { headers: { 'X-Total': {} }, content: { ...json(schema), 'text/csv': {} } },
      '404': { content: json({ type: 'object', properties: { error: { type: 'string' } } }) },
      '410': {},
    },
  },
}
const plain: Operation = { ...operation('GET', '/plain'), definition: { responses: { '200': { content: json({}) } } } }
const person = { id: '1', name: 'Ada', email: 'ada@exemple.fr', secret: 'x' }

interface World {
  readonly provider: Provider
  readonly ask: (extra?: string, target?: string) => ReturnType<typeof raw>
  readonly head: () => ReturnType<typeof raw>
  says(body: string | Buffer, head?: string, status?: string): void
}

async function world(
  scopes: readonly string[],
  work: (world: World) => Promise<void>,
  changes: Partial<ApiVersion> = {},
) {
  const provider = await startProvider()
  const one = api([{ url: provider.url, weight: 1 }], {
    operations: [shaped, plain],
    scopes: { production: [], sandbox: [] },
    ...changes,
  })
  const gateway = await startGateway(snapshot([one]), {
    verify: () => verified({ scopes: new Set(scopes) }),
    sandbox: {
      handle: async () => ({
        status: 200,
        headers: ['Content-Type', 'application/json'],
        body: Buffer.from(JSON.stringify(person)),
      }),
    },
  })
  try {
    await work({
      provider,
      ask: (extra = '', target = '/demo/items/v1/items') => raw(gateway.port, get(target, extra)),
      head: () => raw(gateway.port, get('/demo/items/v1/items').replace('GET', 'HEAD')),
      says(body, head = 'Content-Type: application/json\r\n', status = '200 OK') {
        const bytes = Buffer.from(body)
        provider.behave((socket) => {
          socket.write(`HTTP/1.1 ${status}\r\n${head}Content-Length: ${bytes.length}\r\n\r\n`)
          socket.write(bytes)
        })
      },
    })
  } finally {
    await gateway.stop()
    await provider.stop()
  }
}

const bodyOf = ({ text }: { text: string }) => text.slice(text.indexOf('\r\n\r\n') + 4)

describe('an answer that scopes shape', () => {
  it('holds what the scopes open, and speaks of its own bytes', () =>
    world(['name'], async ({ ask, says }) => {
      says(
        JSON.stringify(person),
        'Content-Type: application/json; charset=utf-8\r\nETag: "1"\r\nLast-Modified: x\r\nCache-Control: public, max-age=60\r\n',
      )
      const answer = await ask()
      assert.equal(bodyOf(answer), '{"id":"1","name":"Ada"}')
      assert.equal(answer.header('content-length'), '23')
      assert.equal(answer.header('etag'), undefined)
      assert.equal(answer.header('last-modified'), undefined)
      assert.equal(answer.header('cache-control'), 'private, no-cache')
      assert.equal(answer.header('content-type'), 'application/json; charset=utf-8')
    }))

  it('carries of the other headers those that the contract declares, since any may repeat what was cut out', () =>
    world(['name'], async ({ ask, head, says, provider }) => {
      const told = [
        'Content-Type: application/json\r\nContent-Language: fr\r\nVary: Accept\r\nx-total: 1\r\n',
        'X-Data: TOPSECRET\r\nLink: </x>; rel=next; title=TOPSECRET\r\nContent-Location: /TOPSECRET\r\n',
      ].join('')
      says(JSON.stringify(person), told)
      const answer = await ask()
      assert.equal(bodyOf(answer), '{"id":"1","name":"Ada"}')
      assert.doesNotMatch(answer.text, /TOPSECRET/)
      for (const [name, value] of [
        ['x-total', '1'],
        ['content-language', 'fr'],
        ['vary', 'Accept'],
      ] as const)
        assert.equal(answer.header(name), value)
      provider.behave((socket) => socket.write(`HTTP/1.1 200 OK\r\n${told}Content-Length: 9\r\n\r\n`))
      const without = await head()
      assert.equal(without.header('x-total'), '1')
      assert.doesNotMatch(without.text, /TOPSECRET/)
      says('{"secret":"x"}', told, '410 Gone')
      const gone = await ask()
      assert.equal(gone.status, 410)
      assert.equal(gone.header('x-total'), undefined)
      assert.doesNotMatch(gone.text, /TOPSECRET/)
    }))

  it('is asked for whole, in plain bytes', () =>
    world([], async ({ ask, says, provider }) => {
      says(JSON.stringify(person))
      await ask('Accept-Encoding: gzip\r\nDigest: sha-256=x\r\nRange: bytes=0-3\r\nIf-None-Match: "1"\r\n')
      assert.equal(provider.asked[0]?.header('accept-encoding'), 'identity')
      assert.equal(provider.asked[0]?.header('range'), undefined)
      assert.equal(provider.asked[0]?.header('digest'), 'sha-256=x')
      assert.equal(provider.asked[0]?.header('if-none-match'), undefined)
      await ask('Accept-Encoding: gzip\r\n', '/demo/items/v1/plain')
      assert.equal(provider.asked[1]?.header('accept-encoding'), 'gzip')
    }))

  it('comes in pieces, or from the sandbox, all the same', () =>
    world(['email'], async ({ ask, provider }) => {
      provider.behave((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n')
        const text = JSON.stringify(person)
        for (const half of [text.slice(0, 20), text.slice(20)])
          socket.write(`${half.length.toString(16)}\r\n${half}\r\n`)
        socket.write('0\r\n\r\n')
      })
      assert.equal(bodyOf(await ask()), '{"id":"1","email":"ada@exemple.fr"}')
    }))

  it('is shaped in the sandbox too', () =>
    world(['all'], async ({ ask }) => assert.equal(bodyOf(await ask()), '{"id":"1","email":"ada@exemple.fr"}'), {
      upstreams: { production: 'sandbox', sandbox: 'sandbox' },
    }))

  it('passes untouched where no scope shapes it', () =>
    world([], async ({ ask, says }) => {
      says(JSON.stringify(person), 'Content-Type: application/json\r\nETag: "1"\r\n')
      const answer = await ask('', '/demo/items/v1/plain')
      assert.equal(bodyOf(answer), JSON.stringify(person))
      assert.equal(answer.header('etag'), '"1"')
    }))

  it('has no body for HEAD, nor the length of one', () =>
    world([], async ({ head, provider }) => {
      provider.behave((socket) =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nETag: "1"\r\nContent-Length: 90\r\n\r\n'),
      )
      const answer = await head()
      assert.equal(answer.status, 200)
      assert.equal(answer.header('content-length'), undefined)
      assert.equal(answer.header('etag'), undefined)
      assert.equal(bodyOf(answer), '')
    }))

  it('has none for 204', () =>
    world([], async ({ ask, provider }) => {
      provider.behave((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
      assert.equal((await ask()).status, 204)
    }))

  it('passes errors by their own schemas, without a body where the contract has none', () =>
    world([], async ({ ask, says }) => {
      says('{"error":"none","stack":"x"}', undefined, '404 Not Found')
      const missing = await ask()
      assert.equal(missing.status, 404)
      assert.equal(bodyOf(missing), '{"error":"none"}')
      says('{"secret":"x"}', undefined, '410 Gone')
      const gone = await ask()
      assert.equal(gone.status, 410)
      assert.equal(bodyOf(gone), '')
      assert.equal(gone.header('content-length'), '0')
    }))

  it('passes other declared types as they are', () =>
    world([], async ({ ask, says }) => {
      says('id;name', 'Content-Type: text/csv\r\n')
      assert.equal(bodyOf(await ask()), 'id;name')
    }))
})

describe('an answer of personal data that no scope shapes', () => {
  const { access } = api('sandbox')
  const personal = { access: { ...access, personalData: true } }
  const named = json({ type: 'object', properties: { error: { type: 'string' } } })
  const of = (responses: NonNullable<Operation['definition']['responses']>): Partial<ApiVersion> => ({
    ...personal,
    operations: [{ ...operation('GET', '/items'), definition: { responses } }],
  })
  const body = JSON.stringify({ error: 'none', secret: 'secret' })
  for (const { kind, responses, status, type, told } of [
    { kind: 'has no body where the contract gives it none', responses: { '200': {} }, told: [200, ''] },
    { kind: 'is refused where the contract has no such answer', responses: {}, told: [502, null] },
    {
      kind: 'holds nothing that no rule opens',
      responses: { default: { content: named } },
      told: [200, '{}'],
    },
    {
      kind: 'holds nothing of an error that may say anything',
      responses: { '4XX': { content: json({ type: 'object', additionalProperties: true }) } },
      status: '404 Not Found',
      told: [404, '{}'],
    },
    {
      kind: 'holds no field of an error that is not named',
      responses: { '4XX': { content: named } },
      status: '404 Not Found',
      told: [404, '{"error":"none"}'],
    },
    {
      kind: 'is without the text of an error, which nothing bounds',
      responses: { '4XX': { content: { 'text/html': {} } } },
      status: '404 Not Found',
      type: 'text/html',
      told: [404, ''],
    },
    {
      kind: 'is refused as a text',
      responses: { '200': { content: { 'text/csv': {} } } },
      type: 'text/csv',
      told: [502, null],
    },
  ] as const)
    for (const shapingScopes of [false, true])
      it(`${kind}${shapingScopes ? ', though scopes shape others' : ''}`, () =>
        world(
          [],
          async ({ ask, says }) => {
            says(body, `Content-Type: ${type ?? 'application/json'}\r\n`, status)
            const answer = await ask()
            assert.doesNotMatch(answer.text, /secret/)
            assert.deepEqual([answer.status, told[1] === null ? null : bodyOf(answer)], told)
          },
          { ...of(responses), shapingScopes },
        ))

  it('passes whole where it is stated that the required scopes open all', () =>
    world(
      [],
      async ({ ask, says }) => {
        says(body)
        assert.equal(bodyOf(await ask()), body)
      },
      { ...of({}), opensAll: true },
    ))
})

describe('an answer that breaks the contract is never let out', () => {
  const large = JSON.stringify({ id: 'x'.repeat(2_097_153) })
  const cases: readonly {
    readonly kind: string
    readonly body: string | Buffer
    readonly head?: string
    readonly status?: string
  }[] = [
    { kind: 'no JSON', body: '{"id":"secret' },
    { kind: 'empty', body: '' },
    { kind: 'not UTF-8', body: Buffer.from([0x22, 0xff, 0x22]) },
    { kind: 'of another shape', body: '{"id":{"secret":1}}' },
    { kind: 'without what is required', body: '{"name":"secret"}' },
    { kind: 'a list', body: '["secret"]' },
    { kind: 'too large', body: large },
    {
      kind: 'compressed',
      body: gzipSync(JSON.stringify(person)),
      head: 'Content-Type: application/json\r\nContent-Encoding: gzip\r\n',
    },
    { kind: 'of another type', body: '<secret/>', head: 'Content-Type: application/xml\r\n' },
    { kind: 'of no type', body: '{"id":"secret"}', head: '' },
    { kind: 'of an undeclared status', body: '{"secret":1}', status: '500 Internal Server Error' },
    { kind: 'a part', body: '{"id":"secret"}', status: '206 Partial Content' },
  ]
  for (const { kind, body, head, status } of cases)
    it(kind, () =>
      world(['name', 'email'], async ({ ask, says }) => {
        says(body, head, status)
        const answer = await ask()
        assert.equal(answer.status, 502)
        assert.match(bodyOf(answer), /"upstream\/broken"/)
        assert.doesNotMatch(answer.text, /secret|xxxx/)
      }),
    )

  it('broken off', () =>
    world(['name'], async ({ ask, provider }) => {
      provider.behave((socket) =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"id":"secret"}'),
      )
      assert.equal((await ask()).status, 502)
    }))
})

describe('an API that is opened by any of the scopes that shape it', () => {
  const shaping = { shapingScopes: true }
  it('refuses a token that holds none', () =>
    world(
      ['other'],
      async ({ ask, provider }) => {
        const answer = await ask()
        assert.equal(answer.status, 403)
        assert.match(bodyOf(answer), /"access\/scope"/)
        assert.equal(provider.asked.length, 0)
      },
      shaping,
    ))
  it('answers a token that holds one', () =>
    world(
      ['all'],
      async ({ ask, says }) => {
        says(JSON.stringify(person))
        assert.equal(bodyOf(await ask()), '{"id":"1","email":"ada@exemple.fr"}')
      },
      shaping,
    ))
  it('asks nothing of an operation that no scope shapes', () =>
    world(
      [],
      async ({ ask, says }) => {
        says('{}')
        assert.equal((await ask('', '/demo/items/v1/plain')).status, 200)
      },
      shaping,
    ))
})
