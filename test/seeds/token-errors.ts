import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Portique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { demoApplication, tokenPaths } from '../start/tokens.js'

const address = '/connexion/oauth2/access_token'
const path = `${address}?realm=%2Fpartenaire`
const failed = '{"error":"invalid_client","error_description":"Client authentication failed"}'

const repeated = (name: string) => `{"error":"invalid_request","error_description":"the parameter ${name} is repeated"}`

type Form = Readonly<Record<string, string>>

/** Rows of the documented table of errors: what is sent, and the body to the letter. */
const rows: readonly (readonly [string, (good: Form) => Form | string, string, string?])[] = [
  ['a wrong secret', (good) => ({ ...good, client_secret: 'f'.repeat(64) }), failed],
  ['a blank behind the secret', (good) => ({ ...good, client_secret: `${good.client_secret} ` }), failed],
  ['a newline behind the secret', (good) => ({ ...good, client_secret: `${good.client_secret}\n` }), failed],
  ['a blank before the secret', (good) => ({ ...good, client_secret: ` ${good.client_secret}` }), failed],
  ['no secret', ({ client_secret: _, ...rest }) => rest, failed],
  ['an empty secret', (good) => ({ ...good, client_secret: '' }), failed],
  ['a wrong identifier', (good) => ({ ...good, client_id: `PAR_autre_${'0'.repeat(64)}` }), failed],
  ['no identifier', ({ client_id: _, ...rest }) => rest, failed],
  ['only the grant type', () => ({ grant_type: 'client_credentials' }), failed],
  ['the realm in the body', (good) => ({ ...good, realm: '/partenaire' }), failed, address],
  ['no realm at all', (good) => good, failed, address],
  ['another realm', (good) => good, failed, `${address}?realm=%2Fnulle-part`],
  [
    'an unknown scope',
    (good) => ({ ...good, scope: 'api_quinexistepasv0' }),
    '{"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [api_quinexistepasv0]"}',
  ],
  [
    'one bad scope among good ones',
    (good) => ({ ...good, scope: `${good.scope} api_quinexistepasv0` }),
    '{"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [api_quinexistepasv0]"}',
  ],
  [
    'two bad scopes',
    (good) => ({ ...good, scope: 'api_quinexistepasv0 api_offresdemploiv2 autre' }),
    '{"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [api_quinexistepasv0, autre]"}',
  ],
  [
    'a grant that is not allowed',
    (good) => ({ ...good, grant_type: 'password' }),
    '{"error":"unsupported_grant_type","error_description":"Grant type is not supported: password"}',
  ],
  [
    'the code grant, with a code that nobody gave',
    (good) => ({
      ...good,
      grant_type: 'authorization_code',
      code: 'jamais-donne',
      redirect_uri: 'https://exemple.fr/',
    }),
    '{"error":"unsupported_grant_type","error_description":"Grant type is not supported: authorization_code"}',
  ],
  ['a scope twice', (good) => `${new URLSearchParams(good)}&scope=o2dsoffre`, repeated('scope')],
  [
    'a secret twice, the same',
    (good) => `${new URLSearchParams(good)}&client_secret=${good.client_secret}`,
    repeated('client_secret'),
  ],
  [
    'a form that is badly encoded',
    (good) => `${new URLSearchParams(good)}&x=%zz`,
    '{"error":"invalid_request","error_description":"the parameter x is not valid UTF-8 in percent-encoding"}',
  ],
  [
    'no grant type',
    ({ grant_type: _, ...rest }) => rest,
    `{"error":"invalid_request","error_description":"missing required parameter 'grant_type'"}`,
  ],
]

/** The documented errors of the token endpoint, to the letter. */
export function tokenErrors(portique: () => Portique): void {
  describe('errors of the token endpoint', () => {
    const good = (): Form => {
      const { client_id, client_secret } = demoApplication(portique(), 'france-travail')
      const scope = 'api_offresdemploiv2 o2dsoffre'
      return { grant_type: 'client_credentials', client_id, client_secret: client_secret ?? '', scope }
    }
    const post = (form: Form | string, at = path, headers: Record<string, string> = {}) =>
      fetch(portique().url + at, {
        method: 'POST',
        body: String(typeof form === 'string' ? form : new URLSearchParams(form)),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })

    /** Under the identifier that the answer shows, in one line that holds nothing of the form but a known client. */
    const isLogged = async (answer: Response, error: string) => {
      const id = answer.headers.get('x-request-id') ?? ''
      assert.match(id, /^[0-9a-f]{32}$/)
      const lines = () =>
        portique()
          .stderr()
          .split('\n')
          .filter((line) => line.includes(id) && line.endsWith('}'))
      for (let tries = 0; lines().length === 0 && tries < 200; tries += 1) await sleep(10)
      assert.equal(lines().length, 1, lines().join())
      const told = JSON.parse(lines()[0] ?? '')
      assert.deepEqual([told.requestId, told.error], [id, error])
      assert.ok(['', demoApplication(portique(), 'france-travail').client_id].includes(told.client))
    }

    test('what the rows below spoil is good', async () => {
      const answer = await post(good())
      assert.equal(answer.status, 200)
      assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/)
    })

    for (const [name, spoil, body, at] of rows)
      test(name, async () => {
        const answer = await post(spoil(good()), at)
        assert.equal(answer.status, 400)
        assert.equal(answer.headers.get('content-type'), 'application/json')
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        assert.equal(await answer.text(), body)
        await isLogged(answer, JSON.parse(body).error)
      })

    test('every form of the realm that is in use opens', async () => {
      for (const realm of ['%2Fpartenaire', '/partenaire', 'partenaire'])
        assert.equal((await post(good(), `${address}?realm=${realm}`)).status, 200, realm)
    })

    test('HTTP Basic is no way in, with or without the form’s own credentials', async () => {
      const { client_id, client_secret, ...rest } = good()
      const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
      for (const form of [rest, good()]) {
        const answer = await post(form, path, { authorization })
        assert.equal(answer.status, 400)
        assert.equal(await answer.text(), failed)
      }
    })

    test('two Authorization headers are told as any other error', async () => {
      const twice = ['Authorization: Basic YTpi', 'Authorization: Basic YTpi', 'Content-Length: 0']
      for (const [at, type] of [
        [path, 'application/json'],
        [address, 'application/json'],
        [tokenPaths.demo, 'application/json;charset=UTF-8'],
      ] as const) {
        const answer = await sendRaw(portique().port, head(`POST ${at} HTTP/1.1`, 'Host: localhost', ...twice))
        assert.equal(answer.status, 400)
        assert.equal(answer.headers.get('content-type'), type)
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        assert.equal(answer.body, '{"error":"invalid_request","error_description":"Repeated header: Authorization"}')
      }
    })

    test('application_<client_id> is accepted and ignored, that of another is refused', async () => {
      const form = good()
      const own = await post({ ...form, scope: `application_${form.client_id} ${form.scope}` })
      assert.equal(own.status, 200)
      assert.match(await own.text(), /"scope":"api_offresdemploiv2 o2dsoffre"/)
      const other = await post({ ...form, scope: `application_PAR_autre ${form.scope}` })
      assert.equal(
        await other.text(),
        '{"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [application_PAR_autre]"}',
      )
    })
  })
}
