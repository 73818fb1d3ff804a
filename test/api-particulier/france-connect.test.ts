import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { called, errorOf, givenToken, recipient } from './caller.js'
import { personToken } from './person-token.js'

const at = (path: string) => `${path}/france_connect?recipient=${recipient}`

for (const kind of storeKinds)
  describe(`calls in the name of a person, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)

    test('a person signs in, agrees, and the provider answers about her: no identity is sent', async () => {
      const token = await personToken(
        portique(),
        'camille-dubreuil',
        'mesri_admissions mesri_identite cnous_statut_boursier',
      )
      const student = await called(portique(), at('/v3/mesri/statut_etudiant'), { token })
      assert.equal(student.status, 200, student.text)
      assert.deepEqual(Object.keys(dataOf(student.body)), ['admissions'], 'who she is, is not told again')
      for (const version of ['3', '4', '5']) {
        const scholar = await called(portique(), at(`/v${version}/cnous/etudiant_boursier`), { token })
        assert.deepEqual(Object.keys(dataOf(scholar.body)), [version === '3' ? 'est_boursier' : 'statut_boursier'])
      }
      const nothing = await called(portique(), at('/v3/dss/quotient_familial'), { token })
      assert.deepEqual([nothing.status, errorOf(nothing).code], [403, '00100'])
    })

    test('Angela’s quotient is that of last month, and of the month that is asked for', async () => {
      const token = await personToken(portique(), 'angela-martin', 'cnaf_quotient_familial cnaf_enfants')
      const { body } = await called(portique(), at('/v3/dss/quotient_familial'), { token })
      const { quotient_familial: told, ...rest } = dataOf(body) as {
        quotient_familial: { annee: number; mois: number }
      }
      assert.deepEqual(Object.keys(rest), ['enfants'])
      const asked = `&annee=${told.annee}&mois=${told.mois}`
      const again = await called(portique(), at('/v3/dss/quotient_familial') + asked, { token })
      assert.deepEqual(again.body, body)
      const old = await called(portique(), `${at('/v3/dss/quotient_familial')}&annee=2000&mois=1`, { token })
      assert.equal(errorOf(old).code, '00355')
    })

    test('a person’s token opens the calls in her name alone, and those ask for one', async () => {
      const token = await personToken(portique(), 'angela-martin', 'cnaf_quotient_familial')
      const other = `/v3/dss/quotient_familial/identite?recipient=${recipient}&nomNaissance=BELKACEM`
      assert.equal((await called(portique(), other, { token })).status, 401)
      const machine = await givenToken(portique())
      const refused = await called(portique(), at('/v3/dss/quotient_familial'), machine)
      assert.deepEqual([refused.status, errorOf(refused).code], [401, '51502'])
      const missing = await called(portique(), '/v3/dss/quotient_familial/france_connect', { token })
      assert.deepEqual([missing.status, errorOf(missing).code], [422, '00203'])
    })
  })

const dataOf = (body: Record<string, unknown> | null) => body?.data as Record<string, unknown>
