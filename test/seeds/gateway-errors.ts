import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Portique } from '../start/portique.js'
import { bearer, demoToken } from '../start/tokens.js'

const search = '/partenaire/offresdemploi/v2/offres/search?range=0-0'

/** The documented errors of the gateway, to the letter. */
export function gatewayErrors(portique: () => Portique): void {
  describe('errors of the gateway', () => {
    const call = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(portique().url + path, { headers, method })
    const token = (scope = 'api_offresdemploiv2 o2dsoffre') => demoToken(portique(), 'france-travail', scope)

    test('401 with an empty body: no token, an unknown one, one in the address', async () => {
      const cases: readonly [string, Record<string, string>][] = [
        [search, {}],
        [search, bearer('A'.repeat(43))],
        [search, { authorization: 'Bearer' }],
        [search, { authorization: `Basic ${await token()}` }],
        [`${search}&access_token=${await token()}`, {}],
      ]
      for (const [path, headers] of cases) {
        const answer = await call(path, headers)
        assert.equal(answer.status, 401)
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
        assert.equal(answer.headers.get('cache-control'), 'no-store, no-cache')
        assert.equal(await answer.text(), '')
      }
    })

    test('403 with an empty body: the technical scope without the business scope, and the reverse', async () => {
      for (const scope of ['api_offresdemploiv2', 'o2dsoffre']) {
        const answer = await call(search, bearer(await token(scope)))
        assert.equal(answer.status, 403)
        assert.equal(await answer.text(), '')
      }
    })

    test('a scope of production does not open the sandbox, nor that of the sandbox production', async () => {
      const production = await token('api_diagnosticargumentev3')
      const sandbox = await token('api_testdiagnosticargumentev3')
      const path = (code: string) => `/partenaire/${code}/v3/individus/abc%23def/diagnostics`
      assert.equal((await call(path('testdiagnosticargumente'), bearer(production))).status, 403)
      assert.equal((await call(path('diagnosticargumente'), bearer(sandbox))).status, 403)
    })

    test('404: an unknown API, an unknown version, an unknown resource', async () => {
      const headers = bearer(await token())
      for (const path of [
        '/partenaire/inconnue/v1/x',
        '/partenaire/offresdemploi/v9/offres/search',
        '/partenaire/offresdemploi/v2/referentiel/niveauxExperience',
      ]) {
        const answer = await call(path, headers)
        assert.equal(answer.status, 404, path)
        assert.equal(await answer.text(), '')
      }
    })

    test('405 with Allow: a method that the contract lacks', async () => {
      const answer = await call(search, bearer(await token()), 'DELETE')
      assert.equal(answer.status, 405)
      assert.equal(answer.headers.get('allow'), 'GET, HEAD')
    })

    test('429: text/plain, empty, an integer Retry-After, and the limiter’s headers on every answer', async () => {
      const headers = bearer(await token())
      const answers = await Promise.all(Array.from({ length: 40 }, () => call(search, headers)))
      const refused = answers.filter(({ status }) => status === 429)
      assert.ok(refused.length > 0)
      for (const answer of refused) {
        assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
        assert.equal(answer.headers.get('content-type'), 'text/plain')
        assert.equal(answer.headers.get('cache-control'), 'no-store, no-cache')
        assert.equal(await answer.text(), '')
      }
      for (const answer of answers) {
        assert.match(answer.headers.get('x-ratelimit-remaining-clientidlimiter') ?? '', /^\d+$/)
        assert.equal(answer.headers.get('x-ratelimit-burst-capacity-clientidlimiter'), '10')
        assert.equal(answer.headers.get('x-ratelimit-replenish-rate-clientidlimiter'), '10')
        assert.equal(answer.headers.get('x-ratelimit-requested-tokens-clientidlimiter'), '1')
        assert.equal(answer.headers.get('x-ratelimit-burst-capacity-defaultlimiter'), '100')
      }
    })
  })
}
