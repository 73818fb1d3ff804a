import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import type { JsonObject } from '#contract'
import { sharedPortique } from '../start/portique.js'
import { call, signedInTokens } from './people.js'

/** Whom the issue asks for, each by the name under which `dev.json` lists them. */
const wanted: readonly (readonly [string, string, number])[] = [
  ['individu', 'Angela Martin', 1],
  ['individu', 'Karim Belkacem', 1],
  ['individu', 'Lucie Fontaine', 1],
  ['individu', 'Thomas Leroy', 1],
  ['individu', 'Mei Nguyen', 1],
  ['individu', 'Olivier Dumas', 1],
  ['individu', 'Sophie Garnier', 1],
  ['individu', 'Hugo Picard', 2],
  ['individu', 'Jean Petit', 2],
  ['individu', 'Nadia Roussel', 1],
  ['individu', 'Claire Perrin', 1],
  ['individu', 'Paul Vidal', 1],
  ['employeur', 'Hélène Marchand', 1],
  ['employeur', 'Marc Tessier', 1],
  ['agent', 'Julie Caron', 1],
]

/** In the order of the categories of job seekers, 1 to 8. */
const categories = [
  'angela-martin',
  'karim-belkacem',
  'lucie-fontaine',
  'thomas-leroy',
  'mei-nguyen',
  'olivier-dumas',
  'sophie-garnier',
  'hugo-picard',
]

const day = z.string().regex(/^\d{4}-\d\d-\d\dT00:00:00\+0[12]:00$/)
const labelled = z.strictObject({ code: z.string(), libelle: z.string() })
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
/** Whose list is empty there: everybody else must have something. */
const emptyFor: Readonly<Record<string, readonly string[]>> = {
  'sophie-garnier': ['peconnect-formations/v1/formations'],
  'hugo-picard': ['peconnect-competences/v2/competences'],
}
/** What public clients read of each API (`3.3` of the facts). */
const shapes: Readonly<Record<string, z.ZodType>> = {
  'peconnect-coordonnees/v1/coordonnees': z.looseObject({
    ...{ adresse1: z.string().nullable(), adresse2: z.string().nullable() },
    ...{ adresse3: z.string().nullable(), adresse4: z.string().nullable() },
    ...{ codePostal: z.string(), codeINSEE: z.string(), libelleCommune: z.string() },
    ...{ codePays: z.string(), libellePays: z.string() },
  }),
  'peconnect-statut/v1/statut': z.looseObject({
    codeStatutIndividu: z.enum(['0', '1']),
    libelleStatutIndividu: z.enum(['Non demandeur d’emploi', 'Demandeur d’emploi']),
  }),
  'peconnect-datenaissance/v1/etat-civil': z.looseObject({ codeCivilite: z.unknown(), dateDeNaissance: day }),
  'peconnect-indemnisations/v1/indemnisation': z.looseObject({
    beneficiairePrestationSolidarite: z.boolean(),
    beneficiaireAssuranceChomage: z.boolean(),
  }),
  'peconnect-formations/v1/formations': z
    .array(
      z.strictObject({
        anneeFin: z.int().nullable(),
        description: z.string().nullable(),
        diplomeObtenu: z.boolean(),
        etranger: z.boolean(),
        intitule: z.string().nullable(),
        lieu: z.string().nullable(),
        niveau: labelled.optional(),
        domaine: labelled.optional(),
      }),
    )
    .min(1),
  'peconnect-competences/v2/competences': z
    .array(
      z.strictObject({
        code: z.string().nullable().optional(),
        libelle: z.string().nullable(),
        niveau: labelled.optional(),
        type: z.enum(['S', 'Q', 'L']),
      }),
    )
    .min(1),
  'peconnect-experiences/v1/experiences': z
    .array(
      z.strictObject({
        intitule: z.string().nullable(),
        entreprise: z.string().nullable(),
        lieu: z.string().nullable(),
        description: z.string().nullable(),
        date: z.strictObject({ debut: moment, fin: moment.optional() }),
        duree: z.int().nullable(),
        enPoste: z.boolean(),
        etranger: z.boolean(),
      }),
    )
    .min(1),
}
const scope = [
  'openid profile email api_peconnect-individuv1 api_peconnect-coordonneesv1 coordonnees api_peconnect-statutv1 statut',
  'api_peconnect-datenaissancev1 datenaissance api_peconnect-indemnisationsv1 indemnisation api_peconnect-formationsv1',
  'pfcformations pfcpermis api_peconnect-competencesv2 pfccompetences pfclangues pfccentresinteret',
  'api_peconnect-experiencesv1 pfcexperiences',
].join(' ')

describe('the test people, signed in', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })

  test('dev.json lists them, with private and public applications that they can come back to', () => {
    const { personas, applications } = portique().dev
    for (const [realm, name, count] of wanted)
      assert.equal(personas.filter((each) => each.realm === realm && each.name === name).length, count, name)
    const ours = personas.filter(({ realm }) => wanted.some(([name]) => name === realm))
    assert.equal(new Set(ours.map(({ sub }) => sub)).size, ours.length)
    for (const type of ['private', 'public'])
      for (const environment of ['production', 'sandbox']) {
        const found = applications.find(
          (each) => each.platform === 'france-travail' && each.type === type && each.environment === environment,
        )
        assert.ok(found !== undefined && found.redirect_uris.length > 0, `${type}, ${environment}`)
        assert.equal(found.client_secret === null, type === 'public')
      }
  })

  const read = async (persona: string) => {
    const { tokens } = await signedInTokens(portique(), 'individu', { scope, persona })
    const answers = new Map<string, { readonly status: number; readonly json: JsonObject }>()
    for (const path of ['peconnect-individu/v1/userinfo', ...Object.keys(shapes)]) {
      const answer = await call(portique(), `/partenaire/${path}`, tokens.access_token)
      const text = await answer.text()
      answers.set(path, { status: answer.status, json: text === '' ? {} : JSON.parse(text) })
    }
    return { answers, claims: (tokens.claims() ?? {}) as Readonly<Record<string, unknown>> }
  }

  for (const [index, persona] of categories.entries())
    test(`category ${index + 1}, ${persona}: seven APIs answer in their shapes`, async () => {
      const { answers } = await read(persona)
      for (const [path, shape] of Object.entries(shapes)) {
        const { status, json } = answers.get(path) ?? {}
        assert.equal(status, 200, path)
        if (emptyFor[persona]?.includes(path)) assert.deepEqual(json, [])
        else shape.parse(json)
      }
      assert.equal(answers.get('peconnect-statut/v1/statut')?.json.codeStatutIndividu, '1')
    })

  test('the odd ones: not registered, no e-mail, services down, two of one name', async () => {
    const outsider = await read('paul-vidal')
    assert.equal(outsider.answers.get('peconnect-statut/v1/statut')?.json.codeStatutIndividu, '0')
    const unreachable = await read('nadia-roussel')
    assert.equal(unreachable.claims.email, undefined)
    assert.ok(!('email' in (unreachable.answers.get('peconnect-individu/v1/userinfo')?.json ?? { email: 'unseen' })))
    const { answers } = await read('claire-perrin')
    assert.equal(answers.get('peconnect-individu/v1/userinfo')?.status, 200, 'she can sign in')
    for (const path of Object.keys(shapes)) assert.equal(answers.get(path)?.status, 503, path)
    const [older, younger] = await Promise.all([read('jean-petit-1970'), read('jean-petit-1995')])
    assert.equal(older.claims.given_name, younger.claims.given_name)
    assert.notEqual(older.claims.sub, younger.claims.sub)
    const born = ({ answers: seen }: typeof older) =>
      JSON.stringify(seen.get('peconnect-datenaissance/v1/etat-civil')?.json)
    assert.match(born(older), /1970-/)
    assert.match(born(younger), /1995-/)
  })

  test('an adviser finds people by number and by birth date, with her headers and nobody else’s token', async () => {
    const asked = 'openid profile api_rechercher-usagerv2 rechercheusager profil_accedant api_donnees-rqthv1 h2a'
    const { tokens } = await signedInTokens(portique(), 'agent', { scope: asked })
    const own = { 'pa-identifiant-agent': 'ACAR1234', 'pa-nom-agent': 'Caron', 'pa-prenom-agent': 'Julie' }
    const find = async (by: string, body: object, headers: Readonly<Record<string, string>> = own) => {
      const answer = await fetch(`${portique().url}/partenaire/rechercher-usager/v2/usagers/${by}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      return { status: answer.status, json: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} }
    }
    const found = await find('par-numero-francetravail', { numeroFranceTravail: '99000000001' })
    assert.deepEqual([found.status, found.json.codeRetour, found.json.topIdentiteCertifiee], [200, 'S001', 'O'])
    const none = await find('par-numero-francetravail', { numeroFranceTravail: '99999999999' })
    assert.deepEqual([none.status, none.json.codeRetour], [200, 'S002'])
    const { 'pa-nom-agent': _, ...missing } = own
    assert.equal((await find('par-numero-francetravail', {}, missing)).status, 302)
    assert.equal((await find('par-numero-francetravail', {}, { ...own, 'pa-nom-agent': '' })).status, 401)
    const about = await fetch(`${portique().url}/partenaire/donnees-rqth/v1/rqth`, {
      headers: {
        authorization: `Bearer ${tokens.access_token}`,
        ...own,
        'ft-jeton-usager': String(found.json.jetonUsager),
      },
    })
    assert.ok([200, 204].includes(about.status), String(about.status))
  })
})
