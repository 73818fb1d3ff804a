import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { parse } from 'yaml'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { called, errorOf, givenToken, recipient } from './caller.js'

const quotient = '/v3/dss/quotient_familial/identite'
const onlyText = 'text/plain; charset=utf-8'

for (const kind of storeKinds)
  describe(`the addresses of API Particulier, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)

    test('an address that does not exist is 404 in plain text, with a token or without', async () => {
      const { token } = await givenToken(portique())
      for (const path of [
        '/v3/nowhere',
        '/v7/nowhere',
        '/v3/dss/quotient_familial/nowhere',
        '/api/v2/nowhere',
        '/api/v9/etudiants',
      ])
        for (const given of [{}, { token }]) {
          const { status, type, text } = await called(portique(), path, given)
          assert.deepEqual([status, type], [404, onlyText], path)
          assert.match(text, /^Cette URL n'existe pas/)
        }
      const { status, type } = await called(portique(), '/api-particulier/sandbox/anything')
      assert.deepEqual([status, type], [404, onlyText])
    })

    test('what cannot be read is told in the words of the version that is called', async () => {
      const { port, host } = new URL(portique().url)
      const raw = (line: string, ...headers: readonly string[]) =>
        sendRaw(Number(port), head(`${line} HTTP/1.1`, `Host: ${host}`, ...headers))
      const twice = ['Authorization: Bearer a', 'Authorization: Bearer a']
      const preflight = ['Origin: https://ailleurs.exemple', 'Access-Control-Request-Method: GET']
      for (const prefix of ['', '/api-particulier/sandbox'])
        for (const [line, headers, status, mend] of [
          [`GET ${prefix}/v3/dss/quotient_familial/%ff`, [], 400, '%2F'],
          [`GET ${prefix}/v3/dss/quotient_familial/%00`, [], 400, '%00'],
          [`GET ${prefix}${quotient}?nomNaissance=%ff`, [], 400, 'UTF-8'],
          [`GET ${prefix}/api/v2/etudiants/%ff`, [], 400, '%2F'],
          [`GET ${prefix}/api/v2/etudiants`, twice, 400, 'Authorization'],
          [`GET ${prefix}${quotient}`, twice, 400, 'Authorization'],
          [`OPTIONS ${prefix}${quotient}`, preflight, 404, 'existe pas'],
          [`OPTIONS ${prefix}/api/v2/etudiants`, preflight, 404, 'existe pas'],
          [`TRACE ${prefix}${quotient}`, [], 404, 'existe pas'],
        ] as const) {
          const answered = await raw(line, ...headers)
          const type = answered.headers.get('content-type')
          assert.equal(answered.status, status, line)
          assert.ok(answered.body.includes(mend), `${line}: ${answered.body}`)
          if (status === 404) assert.equal(type, onlyText, line)
          else if (line.includes('/api/v2/')) {
            assert.equal(type, 'application/json', line)
            assert.deepEqual(Object.keys(JSON.parse(answered.body)), ['error', 'reason', 'message'], line)
          } else {
            assert.equal(type, 'application/vnd.api+json', line)
            assert.equal(JSON.parse(answered.body).errors[0].code, '00401', line)
          }
        }
    })

    test('a slash at the end changes nothing, in any version', async () => {
      const { token } = await givenToken(portique())
      const seeker = 'identifiant=angela.martin'
      const at = async (path: string) => {
        const { status, body } = await called(portique(), path, { token })
        return { status, body }
      }
      for (const [path, query] of [
        ['/api/v2/situations-pole-emploi', seeker],
        ['/v3/france_travail/statut/identifiant', `${seeker}&recipient=${recipient}`],
      ] as const) {
        const plain = await at(`${path}?${query}`)
        assert.equal(plain.status, 200)
        assert.deepEqual(await at(`${path}/?${query}`), plain, path)
      }
    })

    test('the keys for FranceConnect are none: tokens here are not encrypted', async () => {
      const { status, type, body } = await called(portique(), '/api/france_connect_jwks')
      assert.deepEqual([status, type, body], [200, 'application/json', { keys: [] }])
    })

    test('what is gone is 410 in plain text', async () => {
      for (const path of ['/api/caf/famille', '/api/v2/avis-imposition', '/api/impots/svair']) {
        const { status, type, text } = await called(portique(), `${path}?numeroAllocataire=1`)
        assert.deepEqual([status, type], [410, onlyText], path)
        assert.match(text, /n’(est|existe) plus/)
      }
    })

    test('a version that does not exist is told only to those who may call the API, and before its parameters are looked at', async () => {
      const unknown = quotient.replace('v3', 'v9')
      assert.equal((await called(portique(), unknown)).status, 401)
      const other = await givenToken(portique(), { scopes: ['mesri_identite'] })
      assert.equal((await called(portique(), unknown, other)).status, 403)
      const { token } = await givenToken(portique(), { scopes: ['cnaf_enfants'] })
      const answered = await called(portique(), unknown, { token })
      assert.deepEqual([answered.status, answered.type], [404, 'application/vnd.api+json'])
      assert.equal(errorOf(answered).code, '00402')
    })

    test('the environment is that of the address where it has one: a token of the other is refused by name', async () => {
      const sandbox = await givenToken(portique())
      const production = await givenToken(portique(), { environment: 'production' })
      for (const [prefix, { token }, code] of [
        ['/api-particulier/production', sandbox, '00109'],
        ['/api-particulier/sandbox', production, '00108'],
      ] as const) {
        const answered = await called(portique(), `${prefix}${quotient}`, { token })
        assert.deepEqual([answered.status, errorOf(answered).code], [401, code])
      }
    })

    test('introspection tells of the very token that asks', async () => {
      const scopes = ['cnaf_quotient_familial', 'cnaf_enfants']
      const { id, token } = await givenToken(portique(), { scopes })
      const answered = await called(portique(), '/api/introspect', { token })
      assert.equal(answered.status, 200)
      assert.deepEqual(answered.body, { _id: id, name: '', scopes })
      assert.equal(answered.headers.get('ratelimit-limit'), '20')
      const without = await called(portique(), '/api/introspect')
      assert.deepEqual([without.status, without.body?.error], [401, 'access_denied'])
    })

    test('ping, and the state of each provider, are for anyone', async () => {
      assert.deepEqual((await called(portique(), '/api/ping')).text, '"pong"')
      const { body } = await called(portique(), '/api-particulier/sandbox/api/pings')
      const pings = body as unknown as readonly { readonly name: string; readonly url: string }[]
      assert.ok(pings.length >= 8)
      for (const { url } of pings) {
        const { status, body: state } = await called({ url: '' }, url)
        assert.deepEqual([status, state?.status], [200, 'ok'], url)
      }
      const nobody = await called(portique(), '/api/nobody/ping')
      assert.deepEqual([nobody.status, nobody.text], [404, '{}'])
    })

    for (const path of ['/api/open-api.yml', '/api/open-api-v2.yml', '/api/open-api-v3.yml'])
      test(`${path} is a valid document, kept by its mark`, async () => {
        const answered = await called(portique(), path)
        assert.deepEqual([answered.status, answered.type], [200, 'application/yaml'])
        const document = parse(answered.text)
        assert.ok((await new Validator({ strict: false }).validate(structuredClone(document))).valid)
        assert.ok(Object.keys(document.paths).includes(path.includes('v3') ? quotient : '/api/v2/etudiants'))
        const etag = answered.headers.get('etag') ?? ''
        const again = await called(portique(), path, { headers: { 'if-none-match': etag } })
        assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag])
      })

    test('the nomenclature of errors is public', async () => {
      const { status, body } = await called(portique(), '/api/errors')
      assert.equal(status, 200)
      assert.ok(body)
      const codes = (body.platform as readonly { code: string }[]).map(({ code }) => code)
      for (const code of ['00203', '00210', '00360', '00402', '00429']) assert.ok(codes.includes(code), code)
    })

    test('checks come in the documented order: token, quota, scopes, version, recipient, parameters, provider', async () => {
      const narrow = await givenToken(portique(), { scopes: ['mesri_identite'] })
      const wide = await givenToken(portique())
      for (const [path, token, status, code] of [
        [`${quotient}?recipient=1`, undefined, 401, '00101'],
        [`${quotient}?recipient=1`, 'a.b.c', 401, '00101'],
        [`${quotient}?recipient=1`, narrow.token, 403, '00100'],
        [`${quotient}`, wide.token, 422, '00203'],
        [`${quotient}?recipient=13002526500014&nomNaissance=1`, wide.token, 422, '00210'],
        [`${quotient}?recipient=${recipient}&nomNaissance=1`, wide.token, 422, '00420'],
        [
          `${quotient}?recipient=${recipient}&nomNaissance=X&prenoms[]=Y&sexeEtatCivil=F&codeCogInseePaysNaissance=99100`,
          wide.token,
          404,
          '35003',
        ],
      ] as const) {
        const answered = await called(portique(), path, token === undefined ? {} : { token })
        assert.deepEqual([answered.status, errorOf(answered).code], [status, code], path)
      }
    })
  })
