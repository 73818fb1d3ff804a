import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type ApiVersion, compileMapping, loadPlatform, type UpstreamRequest } from '#contract'
import { providerRequest } from './provider-request.js'

describe('the month of a quotient that a provider is asked for', () => {
  let apis: readonly ApiVersion[] = []
  before(async () => {
    const { platform, mistakes } = await loadPlatform('platforms/api-particulier')
    apis = platform?.apis ?? assert.fail(JSON.stringify(mistakes))
  })

  function periodOf(
    api: ApiVersion,
    operation: ApiVersion['operations'][number],
    given: { at: string; query: string },
  ) {
    const adapted = api.adapter?.operations[operation.id] ?? assert.fail(operation.id)
    const call = {
      ...{ api, operation, headers: [], pathParameters: {}, body: null, requestId: 'r', environment: 'production' },
      ...{ target: `/?${given.query}`, verified: { applicationId: 'a', tokenId: 't', person: {} } },
    } as unknown as UpstreamRequest
    const { request } = adapted
    const asked = providerRequest(call, { request, mapping: compileMapping(request.pairs) }, Date.parse(given.at))
    return 'code' in asked ? asked.code : JSON.parse(String(asked.body)).periode
  }

  for (const name of ['dss-quotient-familial/3', 'composition-familiale-v2/2'])
    it(`is the one before the call, unless the call names another: ${name}`, () => {
      const api = apis.find(({ code, version }) => `${code}/${version}` === name) ?? assert.fail(name)
      assert.ok(api.operations.length > 0)
      for (const operation of api.operations) {
        const on = (at: string, query = '') => periodOf(api, operation, { at, query })
        assert.deepEqual(on('2026-11-28T12:00:00Z'), { annee: '2026', mois: 10 })
        // Midnight at Paris comes an hour before that of UTC in winter, two in summer.
        assert.deepEqual(on('2026-10-31T22:59:59Z'), { annee: '2026', mois: 9 })
        assert.deepEqual(on('2026-10-31T23:00:00Z'), { annee: '2026', mois: 10 })
        assert.deepEqual(on('2026-06-30T22:00:00Z'), { annee: '2026', mois: 6 })
        assert.deepEqual(on('2026-12-31T22:59:59Z'), { annee: '2026', mois: 11 })
        assert.deepEqual(on('2026-12-31T23:00:00Z'), { annee: '2026', mois: 12 })
        assert.deepEqual(on('2026-11-28T12:00:00Z', 'annee=2025&mois=03'), { annee: '2025', mois: 3 })
      }
    })
})
