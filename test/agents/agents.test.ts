import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { askToken, demoApplication, tokenOf } from '../start/tokens.js'

const scopes = 'api_rechercher-usagerv2 rechercheusager profil_accedant api_donnees-rqthv1 h2a'
const headers = { 'pa-identifiant-agent': 'BATCH', 'pa-nom-agent': 'CARON', 'pa-prenom-agent': 'Julie' }
const angela = { dateNaissance: '1976-03-12', nir: '2760300003737' }

const bodyOf = async (answer: Response): Promise<Record<string, string | undefined>> => JSON.parse(await answer.text())

for (const kind of storeKinds)
  describe(`an application of the realm /agent, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const tokenAddress = () => `${portique().url}/connexion/oauth2/access_token?realm=%2Fagent`
    const tokenWith = (scope: string) => tokenOf(tokenAddress(), demoApplication(portique(), 'france-travail'), scope)
    const call = (path: string, token: string, more: RequestInit & { headers?: Record<string, string> } = {}) =>
      fetch(`${portique().url}/partenaire${path}`, {
        redirect: 'manual',
        ...more,
        headers: { Authorization: `Bearer ${token}`, ...(more.headers ?? headers) },
      })
    const search = (token: string, body: unknown, marker = '') =>
      call(`/${marker}rechercher-usager/v2/usagers/par-datenaissance-et-nir`, token, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...headers, 'Content-Type': 'application/json' },
      })

    test('finds a person and reads their data with the token for them', async () => {
      const token = await tokenWith(scopes)
      const found = await search(token, angela)
      const { codeRetour, jetonUsager } = await bodyOf(found)
      assert.deepEqual([found.status, codeRetour], [200, 'S001'])
      const read = await call('/donnees-rqth/v1/rqth', token, {
        headers: { ...headers, 'ft-jeton-usager': jetonUsager ?? '' },
      })
      assert.deepEqual(
        [read.status, await read.json()],
        [
          200,
          { dateDebutRqth: '2024-01-20', dateFinRqth: '2030-01-20', source: 'FRANCE TRAVAIL', topValiditeRQTH: true },
        ],
      )
    })

    test('does the same in the sandbox, whose tokens for people are worth nothing in production', async () => {
      const token = await tokenWith(
        'api_testrechercher-usagerv2 rechercheusager profil_accedant api_donnees-rqthv1 h2a',
      )
      const { jetonUsager } = await bodyOf(await search(token, angela, 'test'))
      const read = await call('/donnees-rqth/v1/rqth', token, {
        headers: { ...headers, 'ft-jeton-usager': jetonUsager ?? '' },
      })
      assert.deepEqual([read.status, (await bodyOf(read)).codeRetour], [403, 'R002'])
    })

    test('is told what is wrong with its call', async () => {
      const token = await tokenWith(scopes)
      const wrong = await search(token, { ...angela, nir: '276' })
      assert.deepEqual([wrong.status, (await bodyOf(wrong)).codeRetour], [400, 'R997'])
      const lacking = await call('/donnees-rqth/v1/rqth', token, { headers: {} })
      assert.deepEqual([lacking.status, await lacking.text()], [302, ''])
      const empty = await call('/donnees-rqth/v1/rqth', token, { headers: { ...headers, 'pa-nom-agent': '' } })
      assert.deepEqual([empty.status, await empty.text()], [401, ''])
    })

    test('reaches nothing with a scope less, of another realm, or in nobody’s name', async () => {
      const token = await tokenWith(scopes)
      const unscoped = await call('/informations-administratives/v1/usager', token)
      assert.deepEqual([unscoped.status, await unscoped.text()], [403, ''])
      assert.equal((await call('/peconnect-statut/v1/statut', token)).status, 401)
      const demo = demoApplication(portique(), 'france-travail')
      for (const scope of ['api_peconnect-statutv1 statut', 'api_offresdemploiv2 o2dsoffre'])
        assert.equal((await askToken(tokenAddress(), demo, scope)).status, 400, scope)
    })
  })
