import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { type Answered, called, errorOf, givenToken, recipient } from './caller.js'

const jsonApi = 'application/vnd.api+json'
const json = 'application/json'
const who = `nomNaissance=MARTIN&prenoms[]=Angela&sexeEtatCivil=F&codeCogInseePaysNaissance=99100`
const student = `nomNaissance=DUBREUIL&prenoms[]=Camille&prenoms[]=Rose&sexeEtatCivil=F`
const pupil = `nomNaissance=BRUNET&prenoms[]=Manon&sexeEtatCivil=F&anneeDateNaissance=2012&moisDateNaissance=6&jourDateNaissance=4`
const quotient = (query: string, to = `recipient=${recipient}&`) => `/v3/dss/quotient_familial/identite?${to}${query}`
const etudiant = (query: string) => `/v3/mesri/statut_etudiant/identite?recipient=${recipient}&${query}`
const scolarite = (query: string) => `/v5/men/scolarites/identite?recipient=${recipient}&${query}`
const scholarship = (query: string) => `/v5/cnous/etudiant_boursier/ine?recipient=${recipient}&${query}`

/** Calls of version 3 and later that are refused for their parameters: code and the parameter that is named. */
const wrong: readonly (readonly [string, string, string])[] = [
  [quotient(who, ''), '00203', 'recipient'],
  [quotient(who, 'recipient=&'), '00203', 'recipient'],
  [quotient(who, 'recipient=1300250650001&'), '00210', 'recipient'],
  [quotient(who, 'recipient=13002526500014&'), '00210', 'recipient'],
  [quotient(who, `recipient=${recipient}&recipient=${recipient}&`), '00210', 'recipient'],
  [quotient(who.replace('MARTIN', 'M4RTIN')), '00420', 'nomNaissance'],
  [quotient(who.replace('nomNaissance=', 'nomNaissance[]=')), '00420', 'nomNaissance'],
  [quotient(`${who}&nomUsage=X&nomUsage=Y`), '00366', 'nomUsage'],
  [quotient(who.replace('prenoms[]=', 'prenoms=')), '00367', 'prenoms'],
  [quotient(who.replace('sexeEtatCivil=F', 'sexeEtatCivil=X')), '00427', 'sexeEtatCivil'],
  [quotient(who.replace('99100', '12345')), '00400', 'codeCogInseePaysNaissance'],
  [
    quotient(`${who}&codeCogInseeCommuneNaissance=00404`.replace('00404', '2C404')),
    '00365',
    'codeCogInseeCommuneNaissance',
  ],
  [quotient(`${who}&nomCommuneNaissance=LYON`), '00365', 'codeCogInseeDepartementNaissance'],
  [quotient(`${who}&codeCogInseeDepartementNaissance=99`), '00428', 'codeCogInseeDepartementNaissance'],
  [quotient(`${who}&anneeDateNaissance=1976&moisDateNaissance=2&jourDateNaissance=31`), '00363', 'anneeDateNaissance'],
  [quotient(`${who}&moisDateNaissance=13`), '00363', 'moisDateNaissance'],
  [quotient(`${who}&anneeDateNaissance=2099&moisDateNaissance=1&jourDateNaissance=1`), '00363', 'anneeDateNaissance'],
  [quotient(`${who}&anneeDateNaissance=2099`), '00363', 'anneeDateNaissance'],
  [quotient(`${who}&moisDateNaissance=2&jourDateNaissance=31`), '00363', 'anneeDateNaissance'],
  [quotient(`${who}&anneeDateNaissance=1976&jourDateNaissance=3`), '00363', 'moisDateNaissance'],
  [
    etudiant(`${student}&anneeDateNaissance=2099&moisDateNaissance=1&jourDateNaissance=1`),
    '00425',
    'anneeDateNaissance',
  ],
  [
    scolarite(`${pupil.replace('2012', '2099')}&anneeScolaire=2026&codeEtablissement=0690026D`),
    '00425',
    'anneeDateNaissance',
  ],
  [scolarite(`${pupil}&anneeScolaire=1800&codeEtablissement=0690026D`), '00411', 'anneeScolaire'],
  [scolarite(`${pupil}&anneeScolaire=2026-2030&codeEtablissement=0690026D`), '00411', 'anneeScolaire'],
  [
    `/v5/cnous/etudiant_boursier/identite?recipient=${recipient}&nomNaissance=X&prenoms[]=Y&anneeDateNaissance=2099&moisDateNaissance=1&jourDateNaissance=1`,
    '00425',
    'anneeDateNaissance',
  ],
  [`/v3/france_travail/statut/identifiant?recipient=${recipient}&identifiant=angela%0Amartin`, '00380', 'identifiant'],
  [quotient(`${who}&annee=2000&mois=1`), '00355', 'annee'],
  [etudiant(`${student}&moisDateNaissance=3&jourDateNaissance=14`), '00422', 'anneeDateNaissance'],
  [
    etudiant(`${student}&anneeDateNaissance=2004&moisDateNaissance=0&jourDateNaissance=14`),
    '00423',
    'moisDateNaissance',
  ],
  [
    etudiant(`${student}&anneeDateNaissance=2004&moisDateNaissance=3&jourDateNaissance=32`),
    '00424',
    'jourDateNaissance',
  ],
  [
    etudiant(`${student}&anneeDateNaissance=2004&moisDateNaissance=2&jourDateNaissance=30`),
    '00425',
    'anneeDateNaissance',
  ],
  [scholarship('ine=12'), '00360', 'ine'],
  [scholarship('ine=990000001HH&campaignYear=2020'), '00368', 'campaignYear'],
  [scholarship('ine=990000001HH&campaignYear=2099'), '00368', 'campaignYear'],
  [`/v3/france_travail/statut/identifiant?recipient=${recipient}`, '00380', 'identifiant'],
  [scolarite(`${pupil}&anneeScolaire=2026`), '00410', 'codeEtablissement'],
  [scolarite(`${pupil}&anneeScolaire=26&codeEtablissement=0690026D`), '00411', 'anneeScolaire'],
  [scolarite(`${pupil}&anneeScolaire=2026&codesBcnDepartements[]=069`), '00412', 'degreEtablissement'],
  [
    scolarite(`${pupil}&anneeScolaire=2026&degreEtablissement=2D&codesBcnDepartements[]=069&codesBcnRegions[]=84`),
    '00413',
    'codesBcnRegions',
  ],
  [
    scolarite(`${pupil}&anneeScolaire=2026&degreEtablissement=2D&codesBcnDepartements[]=69`),
    '00416',
    'codesBcnDepartements',
  ],
  [
    scolarite(`${pupil}&anneeScolaire=2026&codeEtablissement=0690026D&degreEtablissement=2D&codesBcnRegions[]=84`),
    '00419',
    'codesBcnRegions',
  ],
]

const householdV2 = (more: string) =>
  `/api/v2/composition-familiale-v2?nomNaissance=MARTIN&prenoms[]=Angela&sexe=F&codePaysLieuDeNaissance=99100&${more}`
const pupilV2 = (schoolYear: string) =>
  `/api/v2/scolarites?nom=BRUNET&prenom=Manon&sexe=F&dateNaissance=2012-06-04&codeEtablissement=0690026D&anneeScolaire=${schoolYear}`
const oneWay = 'Donnez l’INE seul, ou bien le nom, le prénom et la date de naissance, sans INE'
const born =
  'La date de naissance doit exister, être passée et ne pas précéder 1900 ; un jour va avec son mois, un mois avec son année'
const schoolYears = 'L’année scolaire s’écrit « 2026 » ou « 2026-2027 », de 2000 à cette année'

/** What version 2 says of them: the reason, and where a rule is broken no form that the value does have. */
const wordsOfVersion2: readonly (readonly [string, string | RegExp])[] = [
  [
    householdV2('annee=2020&mois=1'),
    'Le mois demandé doit être le mois en cours ou l’un des 23 précédents (paramètre « annee »).',
  ],
  [householdV2('annee=2026'), /^Le mois demandé manque, .*\(paramètre « mois »\)\.$/],
  [householdV2('mois=1'), /^L’année demandée manque, .*\(paramètre « annee »\)\.$/],
  [
    householdV2('anneeDateDeNaissance=1976&moisDateDeNaissance=2&jourDateDeNaissance=31'),
    `${born} (paramètre « anneeDateDeNaissance »).`,
  ],
  ['/api/v2/etudiants?nom=X', `${oneWay} (paramètre « prenom »).`],
  ['/api/v2/etudiants', `${oneWay} (paramètre « ine »).`],
  ['/api/v2/etudiants?ine=990000001HH&nom=X', `${oneWay} (paramètre « nom »).`],
  ['/api/v2/etudiants?nom=X&prenom=Y&dateDeNaissance=2099-01-01', `${born} (paramètre « dateDeNaissance »).`],
  [
    householdV2('nomCommuneNaissance=PARIS'),
    'Un nom de commune va avec son département et l’année de naissance (paramètre « codeInseeDepartementNaissance »).',
  ],
  [pupilV2('2026-2030'), `${schoolYears} (paramètre « anneeScolaire »).`],
  [pupilV2('26'), /^Le paramètre « anneeScolaire » est incorrect\. Attendu : string, pattern /],
  ['/api/v2/etudiants?ine=12', /^Le paramètre « ine » est incorrect\. Attendu : string, pattern /],
  [
    householdV2('codeInseeLieuDeNaissance=2C404'),
    /^Le paramètre « codeInseeLieuDeNaissance » est incorrect\. Attendu : string, pattern /,
  ],
  [
    householdV2('').replace('99100', '12345'),
    /^Le paramètre « codePaysLieuDeNaissance » est incorrect\. Attendu : string, pattern /,
  ],
  [
    '/api/v2/composition-familiale?numeroAllocataire=2345678&codePostal=1',
    /^Le paramètre « codePostal » est incorrect\. Attendu : string, pattern /,
  ],
]

for (const kind of storeKinds)
  describe(`the parameters and errors of API Particulier, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)

    test('each parameter that is wrong has its own code and is named, alike in the sandbox and in production', async () => {
      for (const environment of ['sandbox', 'production'] as const) {
        let given = { token: '' }
        for (const [index, [path, code, parameter]] of wrong.entries()) {
          // Before it is over its quota, which would have to be waited for.
          if (index % 15 === 0) given = await givenToken(portique(), { environment, rights: ['sphere-educative'] })
          const answered = await called(portique(), path, given)
          assert.deepEqual(
            [answered.status, errorOf(answered)],
            [422, { ...errorOf(answered), code, source: { parameter } }],
            path,
          )
          assert.equal(answered.type, code === '00203' || code === '00210' ? json : jsonApi, path)
        }
      }
    })

    test('La Poste, names with apostrophes, accents and spaces, and any case of letters are let through, and find who is known', async () => {
      const given = await givenToken(portique())
      const noelle =
        'nomNaissance=L%27HERMITTE+DE+LA+TOUR&prenoms[]=No%C3%ABlle&prenoms[]=Marie-%C3%88ve&sexeEtatCivil=f&codeCogInseePaysNaissance=99100'
      assert.equal((await called(portique(), quotient(noelle), given)).status, 404, 'without her date of birth')
      const born = '&anneeDateNaissance=1983&moisDateNaissance=12&jourDateNaissance=25'
      const found = await called(portique(), quotient(noelle + born), given)
      assert.equal(found.status, 200, found.text)
      assert.match(found.text, /"nom_naissance":"L'HERMITTE DE LA TOUR".*"prenoms":"NOËLLE MARIE-ÈVE"/)
      assert.equal(
        (await called(portique(), quotient(who.replace('MARTIN', 'martin'), 'recipient=35600000000048&'), given))
          .status,
        404,
      )
    })

    test('too many parameters, and an address past the limits of a request, are refused before they are read', async () => {
      const given = await givenToken(portique())
      const many = await called(portique(), quotient(who + '&a=1'.repeat(250)), given)
      assert.deepEqual([many.status, errorOf(many).code], [400, '00401'])
      const long = await called(portique(), quotient(`${who}&nomUsage=${'X'.repeat(20_000)}`), given)
      assert.ok([414, 431].includes(long.status), String(long.status))
    })

    test('version 2 says the same in its own shapes', async () => {
      const { token } = await givenToken(portique(), { rights: ['sphere-educative'] })
      const named = (answered: Answered) => [
        answered.status,
        answered.type,
        Object.keys(answered.body ?? {}),
        answered.body?.error,
      ]
      const shape = ['error', 'reason', 'message']
      for (const [path, status, error] of [
        ['/api/v2/etudiants?nom=X', 400, 'bad_request'],
        ['/api/v2/etudiants?nom=X&prenom=Y&dateDeNaissance=2001-02-31&sexe=M', 400, 'bad_request'],
        ['/api/v2/etudiants?ine=990000099HH', 404, 'not_found'],
        ['/api/v2/etudiants?ine=990000001HH&recipient=1', 400, 'bad_request'],
      ] as const)
        assert.deepEqual(named(await called(portique(), path, { token })), [status, json, shape, error], path)
      const without = await called(portique(), '/api/v2/etudiants?ine=990000001HH')
      assert.deepEqual(named(without), [401, json, shape, 'access_denied'])
      const key = await called(portique(), '/api/v2/etudiants?ine=990000001HH', { headers: { 'x-api-key': token } })
      assert.equal(key.status, 200)
      assert.equal((await called(portique(), `/api/v2/etudiants?ine=990000001HH&token=${token}`)).status, 200)
    })

    test('version 2 says what a rule asks for, and of a value its form', async () => {
      const { token } = await givenToken(portique(), { rights: ['sphere-educative'] })
      for (const [path, words] of wordsOfVersion2) {
        const { status, body } = await called(portique(), path, { token })
        const message = String(body?.message)
        assert.equal(status, 400, `${path}: ${message}`)
        if (typeof words === 'string') assert.equal(message, words, path)
        else assert.match(message, words, path)
      }
    })

    test('a provider that is down, late or under maintenance has its own codes and statuses', async () => {
      const { token } = await givenToken(portique(), { rights: ['sphere-educative'] })
      const of = async (identifiant: string) => {
        const answered = await called(
          portique(),
          `/v3/france_travail/statut/identifiant?recipient=${recipient}&identifiant=${identifiant}`,
          { token },
        )
        return [answered.status, answered.type, errorOf(answered).code]
      }
      assert.deepEqual(await of('claire.perrin'), [502, jsonApi, '24001'])
      assert.deepEqual(await of('simon.lenteur'), [504, jsonApi, '24002'])
      assert.deepEqual(await of('odile.maintenance'), [503, jsonApi, '24020'])
      const old = await called(portique(), '/api/v2/situations-pole-emploi?identifiant=claire.perrin', { token })
      assert.deepEqual([old.status, old.body?.error], [503, 'data_provider_error'])
    })

    test('calls without a right are counted too: over the quota they hear 429, not 403', async () => {
      const { token } = await givenToken(portique(), { scopes: ['pole_emploi_paiements'] })
      const path = `/v3/france_travail/statut/identifiant?recipient=${recipient}&identifiant=angela.martin`
      const flood = await Promise.all(
        Array.from({ length: 60 }, () =>
          fetch(`${portique().url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
        ),
      )
      // A slow machine spreads them over several seconds, each with a quota of its own.
      for (const counted of Map.groupBy(flood, ({ headers }) => headers.get('ratelimit-reset')).values()) {
        const forbidden = counted.filter(({ status }) => status === 403).length
        const refused = counted.filter(({ status }) => status === 429).length
        assert.deepEqual([forbidden, forbidden + refused], [Math.min(20, counted.length), counted.length])
      }
    })

    test('the quota of twenty calls a second says when it ends, as a Unix time, and how long to wait', async () => {
      const { token } = await givenToken(portique())
      const path = `/v3/france_travail/statut/identifiant?recipient=${recipient}&identifiant=angela.martin`
      const flood = await Promise.all(
        Array.from({ length: 60 }, () =>
          fetch(`${portique().url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
        ),
      )
      const { now } = (await (await fetch(`${portique().url}/dev/clock`)).json()) as { now: string }
      const refused = flood.find(({ status }) => status === 429)
      assert.ok(refused)
      assert.equal(refused.headers.get('content-type'), json)
      assert.deepEqual(((await refused.json()) as { errors: { code: string }[] }).errors[0]?.code, '00429')
      assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
      for (const { headers } of flood) {
        assert.equal(headers.get('ratelimit-limit'), '20')
        const reset = Number(headers.get('ratelimit-reset'))
        assert.ok(Math.abs(reset - Date.parse(now) / 1000) < 30, String(reset))
      }
    })
  })
