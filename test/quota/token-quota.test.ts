import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { bearer, demoApplication, tokenOf, tokenPaths } from '../start/tokens.js'

const [embedded] = storeKinds
assert.ok(embedded)
const limit = 20
const paths = ['/v3/mesri/statut_etudiant/ine?ine=1', '/v3/dss/revenu_solidarite_active/identite', '/api/v2/etudiants']

describe('the quota of a token, over all endpoints of API Particulier', () => {
  const portique = ownPortique(embedded)

  async function flood(token: string, calls: number) {
    const answers = await Promise.all(
      Array.from({ length: calls }, (_, index) =>
        fetch(`${portique().url}${paths[index % paths.length]}`, { headers: bearer(token) }),
      ),
    )
    return answers.map(({ status, headers }) => ({
      status,
      window: headers.get('ratelimit-reset') ?? '',
      limit: headers.get('ratelimit-limit'),
    }))
  }

  test('counts them together, each token on its own', async () => {
    const application = demoApplication(portique(), 'api-particulier', 'sandbox')
    const address = portique().url + tokenPaths['api-particulier']
    const scope = 'mesri_identite revenu_solidarite_active mesri_identifiant'
    const tokens = await Promise.all([0, 1].map(() => tokenOf(address, application, scope)))
    const seen = await Promise.all(tokens.map((token) => flood(token, 120)))
    for (const answers of seen) {
      assert.ok(answers.every((answer) => answer.limit === String(limit)))
      const windows = Map.groupBy(answers, ({ window }) => window)
      for (const [window, counted] of windows) {
        assert.match(window, /^\d{10}$/)
        const admitted = counted.filter(({ status }) => status !== 429).length
        assert.equal(admitted, Math.min(limit, counted.length), `window ${window}: ${admitted} of ${counted.length}`)
      }
    }
  })
})
