import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { called, errorOf, givenToken, recipient } from './caller.js'
import { ineOf, jobSeekers, levels, masked, regionalIne, rows } from './rows.js'

const angela = 'nomNaissance=MARTIN&prenoms[]=Angela'
/** Where the quotient of one person is read; the oldest way takes no month. */
const quotient = {
  current: `/v3/dss/quotient_familial/identite?recipient=${recipient}&${angela}&anneeDateNaissance=1976&moisDateNaissance=3&jourDateNaissance=12&sexeEtatCivil=F&codeCogInseePaysNaissance=99100&codeCogInseeCommuneNaissance=69383`,
  version2: `/api/v2/composition-familiale-v2?${angela}&anneeDateDeNaissance=1976&moisDateDeNaissance=3&jourDateDeNaissance=12&sexe=F&codePaysLieuDeNaissance=99100&codeInseeLieuDeNaissance=69383`,
  oldest: '/api/v2/composition-familiale?numeroAllocataire=2345678&codePostal=69003',
}

for (const kind of storeKinds)
  describe(`every row of the tables of API Particulier, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)

    test('answers with the data that the tables promise', async () => {
      const { token } = await givenToken(portique(), { rights: ['sphere-educative'] })
      for (const { row, path, fields } of rows) {
        const { status, text, body } = await called(portique(), path, { token })
        assert.equal(status, 200, `${row}, ${path}: ${text}`)
        for (const field of fields)
          assert.ok(valueAt(body, field) !== undefined, `${row}, ${path}: no ${field} in ${text}`)
      }
    })

    test('shows only what the scopes of the token let see', async () => {
      for (const { path, scopes, keys } of masked) {
        const { token } = await givenToken(portique(), { scopes, rights: ['sphere-educative'] })
        const { status, text, body } = await called(portique(), path, { token })
        assert.equal(status, 200, `${path}: ${text}`)
        assert.deepEqual(leavesOf(path.startsWith('/v') ? body?.data : body), keys, `${path} with ${scopes.join(' ')}`)
      }
    })

    test('is refused to a token with none of its scopes: 403 from version 3 on, 401 in version 2', async () => {
      const stranger = await givenToken(portique(), { scopes: ['cnous_email'], rights: ['sphere-educative'] })
      const other = await givenToken(portique(), { scopes: ['cnaf_enfants'], rights: ['sphere-educative'] })
      for (const { path } of rows) {
        const { token } = /boursier/.test(path) ? other : stranger
        const answered = await called(portique(), path, { token })
        assert.equal(answered.type, 'application/json')
        if (path.startsWith('/v')) assert.deepEqual([answered.status, errorOf(answered).code], [403, '00100'], path)
        else assert.deepEqual([answered.status, answered.body?.error], [401, 'access_denied'], path)
      }
    })

    test('answers by INE only to those whose habilitation names the education sphere', async () => {
      const without = await givenToken(portique())
      for (const { path } of rows.filter((each) => /[?&]ine=/.test(each.path))) {
        const { status, text } = await called(portique(), path, without)
        assert.equal(status, path.startsWith('/v') ? 403 : 401, path)
        assert.match(text, /le droit « sphere-educative » que cet appel demande/, path)
      }
    })

    test('has a scholarship of each level and one of a region, job seekers of each category, and nobody who left before 2010', async () => {
      const { token } = await givenToken(portique())
      const educated = await givenToken(portique(), { rights: ['sphere-educative'] })
      for (const level of levels) {
        const { body } = await called(portique(), `/api/v2/etudiants-boursiers?ine=${ineOf(level)}`, educated)
        assert.equal(body?.echelonBourse, level)
      }
      // Normandie decides without a level, and provisionally at first.
      const regional = { echelon: null, echelon_bourse_regionale_provisoire: true }
      for (const version of [3, 4, 5]) {
        const path = `/v${version}/cnous/etudiant_boursier/ine?recipient=${recipient}&ine=${regionalIne}`
        const { body } = await called(portique(), path, educated)
        assert.deepEqual(valueAt(body, 'data.echelon_bourse'), regional, path)
      }
      const { body: old } = await called(portique(), `/api/v2/etudiants-boursiers?ine=${regionalIne}`, educated)
      assert.deepEqual(
        [old?.boursier, old?.echelonBourse, old?.statut, old?.statutLibelle],
        [true, null, 1, 'conditionnel'],
      )
      for (const [index, identifiant] of jobSeekers.entries()) {
        const path = `/v3/france_travail/statut/identifiant?recipient=${recipient}&identifiant=${identifiant}`
        const { body } = await called(portique(), path, { token })
        assert.equal(valueAt(body, 'data.inscription.categorie.code'), index + 1, identifiant)
      }
      const before = await called(portique(), '/api/v2/situations-pole-emploi?identifiant=rene.avant', { token })
      assert.deepEqual([before.status, before.body?.error], [404, 'not_found'])
    })

    test('shows each population to its own scope: initial training, continuing training, admissions', async () => {
      const seen = async (...scopes: readonly string[]) => {
        const given = await givenToken(portique(), { scopes, rights: ['sphere-educative'] })
        const { body } = await called(portique(), '/api/v2/etudiants?ine=990000003AB', given)
        const list = body?.inscriptions as readonly { statut: string; regime: string }[]
        return list.filter(({ statut }) => statut !== undefined).map(({ statut, regime }) => `${statut}, ${regime}`)
      }
      assert.deepEqual(await seen('mesri_inscription_etudiant'), ['inscrit, formation initiale'])
      assert.deepEqual(await seen('mesri_inscription_autre'), ['inscrit, formation continue'])
      assert.deepEqual(await seen('mesri_admission'), ['admis, formation initiale'])
      assert.equal((await seen('mesri_inscription_etudiant', 'mesri_inscription_autre', 'mesri_admission')).length, 3)
    })

    test('the quotient is that of the month before, by the clock, and of any month of the last two years that is asked for', async () => {
      const monthOf = async (path: string, given: { token: string }, more = '') => {
        const answered = await called(portique(), `${path}${more}`, given)
        const { body } = answered
        const told = answered.status === 200 ? (valueAt(body, 'data.quotient_familial') ?? body) : undefined
        if (told === undefined) return errorOf(answered).code ?? body?.message
        return `${valueAt(told, 'annee')}-${valueAt(told, 'mois')}`
      }
      for (const days of [40, 45]) {
        const today = await advanceToMid(portique(), days)
        const token = await givenToken(portique(), { scopes: ['cnaf_quotient_familial'] })
        const at = (ago: number) => monthBefore(today, ago)
        const asked = (ago: number) => `&annee=${at(ago).annee}&mois=${at(ago).mois}`
        for (const path of [quotient.current, quotient.version2, quotient.oldest])
          assert.equal(await monthOf(path, token), `${at(1).annee}-${at(1).mois}`, path)
        for (const [path, year, month, old] of [
          [quotient.current, /^00353$/, /^00354$/, /^00355$/],
          [quotient.version2, /^L’année demandée /, /^Le mois demandé manque/, /l’un des 23 précédents/],
        ] as const) {
          const refused = async (more: string) => String(await monthOf(path, token, more))
          for (const ago of [0, 1, 12, 23])
            assert.equal(await monthOf(path, token, asked(ago)), `${at(ago).annee}-${at(ago).mois}`, path)
          assert.match(await refused(asked(24)), old)
          assert.match(await refused(asked(-1)), at(-1).annee > at(0).annee ? year : month)
          assert.match(await refused(`&annee=${at(0).annee}`), month)
          assert.match(await refused('&mois=1'), year)
        }
      }
    })
  })

/** Moves the clock to the 15th of a month, so many days from now at least. */
async function advanceToMid({ url }: { readonly url: string }, days: number): Promise<Date> {
  const { now } = (await (await fetch(`${url}/dev/clock`)).json()) as { now: string }
  const least = new Date(Date.parse(now) + days * 86_400_000)
  const months = least.getUTCMonth() + (least.getUTCDate() > 14 ? 1 : 0)
  const wanted = Date.UTC(least.getUTCFullYear(), months, 15, 12)
  const answer = await fetch(`${url}/dev/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: Math.round((wanted - Date.parse(now)) / 1000) }),
  })
  assert.equal(answer.status, 200)
  return new Date(wanted)
}

function monthBefore(today: Date, ago: number): { annee: number; mois: number } {
  const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago, 15))
  return { annee: date.getUTCFullYear(), mois: date.getUTCMonth() + 1 }
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((node, step) => {
    if (typeof node !== 'object' || node === null) return undefined
    return (node as Readonly<Record<string, unknown>>)[step]
  }, value)
}

/** Every key that leaves, in their order; those of the first entry of a list. */
function leavesOf(value: unknown, above = ''): readonly string[] {
  if (Array.isArray(value)) return leavesOf(value[0], above)
  if (typeof value !== 'object' || value === null) return above === '' ? [] : [above]
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, above === '' ? key : `${above}.${key}`))
}
