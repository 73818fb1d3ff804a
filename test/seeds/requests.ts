import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Environment, loadPlatform } from '#contract'
import { exampleCall } from '../../src/control/example-call.js'
import type { Portique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { bearer, demoApplication, demoToken } from '../start/tokens.js'

const tokenPath = '/connexion/oauth2/access_token?realm=%2Fpartenaire'
const sandboxPath =
  '/partenaire/testdiagnosticargumente/v3/individus/52c4159a-4d11-4c41-a248-a23651c4fde16e8%23VMlG-rXWsKF0mp8PZgYJqtbDVbv_csN0Kxmps85MlNA/diagnostics'

const { platform } = await loadPlatform('platforms/france-travail')
const partners = (platform?.apis ?? []).filter(({ realm }) => realm === 'partenaire')
assert.ok(partners.length > 10)

/** The requests that the seeds show, as they show them. */
export function seedRequests(portique: () => Portique): void {
  describe("the seeds' own requests", () => {
    const application = () => demoApplication(portique(), 'france-travail')
    /** The seed's request, byte for byte but for host, identifiers and length. */
    const seedRequest = (scope: string) => {
      const { client_id, client_secret } = application()
      const body = `grant_type=client_credentials&client_id=${client_id}&client_secret=${client_secret}&scope=${scope}`
      const lines = [
        `POST ${tokenPath} HTTP/1.1`,
        `Host: localhost:${portique().port}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
      ]
      return sendRaw(portique().port, head(...lines) + body)
    }

    test('POST …/access_token?realm=%2Fpartenaire gives a token for the sandbox', async () => {
      const answer = await seedRequest('api_testdiagnosticargumentev3')
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('pragma'), 'no-cache')
      const { access_token: token } = JSON.parse(answer.body)
      const told = '"scope":"api_testdiagnosticargumentev3","token_type":"Bearer","expires_in":1499'
      assert.equal(answer.body, `{"access_token":"${token}",${told}}`)
    })

    test('the call of the sandbox, with its %23, answers 204 as the seed shows', async () => {
      const token = await demoToken(portique(), 'france-travail', 'api_testdiagnosticargumentev3')
      const lines = [
        `GET ${sandboxPath} HTTP/1.1`,
        `Host: localhost:${portique().port}`,
        `Authorization: Bearer ${token}`,
      ]
      const answer = await sendRaw(portique().port, head(...lines))
      assert.match(answer.text, /^HTTP\/1\.1 204 No Content\r\n/)
      assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('pragma'), 'no-cache')
      assert.equal(answer.body, '')
    })

    for (const api of partners)
      test(`${api.code}: the same call by its sandbox address, with its sandbox scopes, answers as production does`, async () => {
        const { method, resource, body } = exampleCall(api)
        const call = async (environment: Environment, token: string) => {
          const name = `${environment === 'sandbox' ? 'test' : ''}${api.code}`
          const json = body === undefined ? {} : { body: JSON.stringify(body) }
          const headers = { ...bearer(token), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
          const address = `${portique().url}/partenaire/${name}/v${api.version}${resource}`
          const answer = await fetch(address, { method, headers, ...json })
          return { status: answer.status, text: await answer.text() }
        }
        const [production, sandbox] = await Promise.all(
          (['production', 'sandbox'] as const).map((each) =>
            demoToken(portique(), 'france-travail', api.scopes[each].join(' ')),
          ),
        )
        const answered = await call('production', production ?? '')
        assert.ok([200, 204, 206].includes(answered.status), `${answered.status} ${answered.text}`)
        assert.deepEqual(await call('sandbox', sandbox ?? ''), answered)
        assert.deepEqual(await call('sandbox', production ?? ''), { status: 403, text: '' })
      })

    test('the requirements’ example of scopes, api_offresdemploiv2 o2dsoffre, opens the search', async () => {
      for (const scope of ['api_offresdemploiv2%20o2dsoffre', 'api_offresdemploiv2+o2dsoffre']) {
        const answer = await seedRequest(scope)
        assert.equal(answer.status, 200, answer.text)
        const { access_token: token, scope: given } = JSON.parse(answer.body)
        assert.equal(given, 'api_offresdemploiv2 o2dsoffre')
        const found = await fetch(`${portique().url}/partenaire/offresdemploi/v2/offres/search`, {
          headers: bearer(token),
        })
        assert.equal(found.status, 206)
        assert.match(found.headers.get('content-range') ?? '', /^offres 0-149\/\d+$/)
      }
    })

    test('the hosts of the seeds are known, and their paths the same', async () => {
      const token = await demoToken(portique(), 'france-travail', 'api_testdiagnosticargumentev3')
      const lines = [`GET ${sandboxPath} HTTP/1.1`, 'Host: api.francetravail.io', `Authorization: Bearer ${token}`]
      assert.equal((await sendRaw(portique().port, head(...lines))).status, 204)
    })
  })
}
