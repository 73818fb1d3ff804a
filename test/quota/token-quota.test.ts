import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { givenToken } from '../api-particulier/caller.js'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { askToken, bearer, demoApplication } from '../start/tokens.js'

const limit = 20
const paths = ['/v3/mesri/statut_etudiant/ine?ine=1', '/v3/dss/revenu_solidarite_active/identite', '/api/v2/etudiants']

for (const kind of storeKinds)
  describe(`the quota of a token, over all endpoints of API Particulier, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)

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
      const scopes = ['mesri_identite', 'revenu_solidarite_active', 'mesri_identifiant']
      const tokens = await Promise.all([0, 1].map(() => givenToken(portique(), { scopes })))
      const seen = await Promise.all(tokens.map(({ token }) => flood(token, 120)))
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

    test('lets no application have more by asking for tokens itself: the realm gives them to people alone', async () => {
      for (const environment of ['sandbox', 'production'] as const) {
        const application = demoApplication(portique(), 'api-particulier', environment)
        const address = `${portique().url}/connexion/api-particulier/france-connect/token`
        const answer = await askToken(address, application, 'mesri_identite')
        const { error } = (await answer.json()) as { error?: string }
        assert.deepEqual([answer.status, error], [400, 'unsupported_grant_type'])
      }
    })
  })
