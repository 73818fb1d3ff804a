import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { ProviderCredentials } from '#contract'
import { startAdapted } from '../fixtures/api-particulier.fixture.js'
import type { RunningGateway } from '../fixtures/gateway.fixture.js'
import { type Asked, type Behaviour, type Provider, startProvider } from '../fixtures/provider.fixture.js'

const json = (body: unknown, { status = '200 OK', headers = '' } = {}): Behaviour => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (socket) =>
    socket.write(
      `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    )
}

const member = (changes: object = {}) => ({
  role: 'ALL',
  nom: 'ROUSSEL',
  nomUsage: '',
  prenoms: ['NADIA', 'LOUISE'],
  naissance: '09/04/1985',
  sexe: '2',
  ...changes,
})
const household = (changes: object = {}) => ({
  codeRetour: '0',
  dossier: {
    qf: { organisme: 'C', montant: '872', annee: '2026', mois: '10', calcul: { annee: '2026', mois: '9' } },
    membres: [member(), member({ role: 'ENF', prenoms: ['SAMI'], naissance: '01/02/2015', sexe: '1' })],
    adresse: { l1: 'Madame ROUSSEL NADIA', l4: '1 RUE DES FLEURS', l6: '75001 PARIS', l7: 'FRANCE' },
    ...changes,
  },
  // What the contract does not name never leaves.
  nir: '2850475001001',
})

const funds = { dss_quotient_familial_key: 'key-of-the-fund' }
const identity =
  'recipient=13002526500013&nomNaissance=Roussel&prenoms[]=Nadia&prenoms[]=Louise&anneeDateNaissance=1985&moisDateNaissance=4&jourDateNaissance=9&sexeEtatCivil=F&codeCogInseePaysNaissance=99100&codeCogInseeCommuneNaissance=75101'

interface Told {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, never>>
  readonly text: string
}

async function call(port: number, target: string): Promise<Told> {
  const response = await fetch(`http://127.0.0.1:${port}${target}`, {
    headers: { Authorization: 'Bearer good', Cookie: 'a=b', 'X-Own': 'client' },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: JSON.parse(text), text }
}

const codeOf = ({ text }: Told): string => JSON.parse(text).errors[0].code

describe('an adapter: the quotient familial', () => {
  let provider: Provider
  let gateway: RunningGateway & { readonly lines: string[] }
  const ask = (more = '') => call(gateway.port, `/v3/dss/quotient_familial/identite?${identity}${more}`)
  /** A good call between, so that the address is never set aside. */
  const told = async (behaviour: Behaviour, more = '') => {
    provider.behave(json(household()))
    await ask()
    provider.behave(behaviour)
    return ask(more)
  }
  before(async () => {
    provider = await startProvider(json(household()))
    gateway = await startAdapted({ code: 'dss-quotient-familial', url: `${provider.url}/base` }, { secrets: funds })
  })
  after(async () => {
    await gateway.stop()
    await provider.stop()
  })

  it('asks in the words of the provider, with our key and nothing of the caller', async () => {
    provider.asked.length = 0
    await ask('&annee=2026&mois=10')
    const asked = provider.asked[0] as Asked
    assert.equal(asked.line, 'POST /base/quotient/recherche HTTP/1.1')
    assert.deepEqual(JSON.parse(asked.body), {
      identite: {
        nom: 'ROUSSEL',
        prenoms: 'NADIA LOUISE',
        dateNaissance: '19850409',
        sexe: '2',
        naissance: { pays: '99100', commune: '75101' },
      },
      periode: { annee: '2026', mois: 10 },
    })
    assert.equal(asked.header('X-Gravitee-Api-Key'), 'key-of-the-fund')
    assert.equal(asked.header('X-APIPART-FSFINAL'), '13002526500013')
    assert.match(asked.header('X-Correlation-ID') ?? '', /^[0-9a-f]{32}$/)
    assert.equal(asked.header('Content-Type'), 'application/json')
    for (const name of ['Authorization', 'Cookie', 'X-Own', 'X-Forwarded-For', 'User-Agent'])
      assert.equal(asked.header(name), undefined, name)
  })

  it('answers in the words of the contract', async () => {
    const answer = await told(json(household()))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'application/vnd.api+json')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.deepEqual(answer.body, {
      data: {
        quotient_familial: {
          ...{ fournisseur: 'CNAF', valeur: 872, annee: 2026, mois: 10, annee_calcul: 2026, mois_calcul: 9 },
        },
        allocataires: [
          {
            ...{ nom_naissance: 'ROUSSEL', nom_usage: null, prenoms: 'NADIA LOUISE' },
            ...{ date_naissance: '1985-04-09', sexe: 'F' },
          },
        ],
        enfants: [
          {
            ...{ nom_naissance: 'ROUSSEL', nom_usage: null, prenoms: 'SAMI' },
            ...{ date_naissance: '2015-02-01', sexe: 'M' },
          },
        ],
        adresse: {
          destinataire: 'Madame ROUSSEL NADIA',
          ...{ complement_information: null, complement_information_geographique: null },
          ...{ numero_libelle_voie: '1 RUE DES FLEURS', lieu_dit: null, code_postal_ville: '75001 PARIS' },
          pays: 'FRANCE',
        },
      },
      links: {},
      meta: {},
    })
  })

  it('no quotient is null, and a date that nobody knows too', async () => {
    const answer = await told(json(household({ qf: null, membres: [member({ naissance: null, sexe: null })] })))
    assert.equal(answer.status, 200, answer.text)
    const { data } = JSON.parse(answer.text)
    assert.equal(data.quotient_familial, null)
    assert.equal(data.allocataires[0].date_naissance, null)
    assert.deepEqual(data.enfants, [])
  })

  const outcomes: readonly [string, Behaviour, number, string][] = [
    ['404', json('', { status: '404 Not Found' }), 404, '35003'],
    ['200, code 40', json({ codeRetour: '40' }), 404, '35003'],
    ['200, code 41', json({ codeRetour: '41' }), 422, '35560'],
    ['200, code 42', json({ codeRetour: '42' }), 422, '35563'],
    ['200, code 43', json({ codeRetour: '43' }), 422, '35561'],
    ['200, code 44', json({ codeRetour: '44' }), 422, '35565'],
    ['200, code 91', json({ codeRetour: '91' }), 502, '35000'],
    ['a code that no rule names', json({ codeRetour: '77' }), 502, '35999'],
    ['a code that no rule names, with a file', json({ ...household(), codeRetour: '77' }), 502, '35999'],
    ['a success without a file', json({ codeRetour: '0' }), 502, '35999'],
    ['null', json('null'), 502, '35999'],
    ['a list', json('[]'), 502, '35999'],
    ['201', json(household(), { status: '201 Created' }), 502, '35999'],
    ['500', json({ trace: 'ROUSSEL' }, { status: '500 Oops' }), 502, '35000'],
    ['502', json('', { status: '502 Bad Gateway' }), 502, '35001'],
    ['503 without a word', json('', { status: '503 Down' }), 502, '35001'],
    ['401', json('', { status: '401 Who' }), 502, '35006'],
    ['403', json('', { status: '403 No' }), 502, '35006'],
    ['429', json('', { status: '429 Slow' }), 502, '35008'],
    ['409', json('', { status: '409 Twice' }), 409, '35015'],
    ['418', json('', { status: '418 Teapot' }), 502, '35999'],
    ['a redirection', json('', { status: '302 Found', headers: 'Location: http://127.0.0.1:1/\r\n' }), 502, '35999'],
    ['an empty body', json(''), 502, '35999'],
    ['a page', json('<html>ROUSSEL</html>'), 502, '35999'],
    ['broken JSON', json('{"codeRetour":"0","dossier":{"qf":'), 502, '35999'],
    [
      'bytes that are no UTF-8',
      (socket) => socket.write(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"\xff\xfe"', 'latin1')),
      502,
      '35999',
    ],
    ['an encoding that was not asked for', json('x', { headers: 'Content-Encoding: gzip\r\n' }), 502, '35999'],
    ['a code outside the table', json(household({ membres: [member({ sexe: 'ROUSSEL' })] })), 502, '35999'],
    ['a date that no calendar has', json(household({ membres: [member({ naissance: '31/02/1985' })] })), 502, '35999'],
    ['an object where a list is', json(household({ membres: member() })), 502, '35999'],
    ['a list where an object is', json(household({ adresse: [] })), 502, '35999'],
    ['a list where a text is', json(household({ adresse: { l1: ['ROUSSEL'] } })), 502, '35999'],
    [
      'a value that the contract forbids',
      json(household({ qf: { organisme: 'C', montant: '-5', annee: '2026', mois: '10' } })),
      502,
      '35999',
    ],
    [
      'a required value that is missing',
      json(household({ qf: { organisme: 'C', annee: '2026', mois: '10' } })),
      502,
      '35999',
    ],
    [
      'too few bytes',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"codeRetour":"0"'),
      502,
      '35000',
    ],
    [
      'a body that never ends',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"code'),
      504,
      '35002',
    ],
    ['more than can be held', json({ codeRetour: 'x'.repeat(3_000_000) }), 502, '35000'],
    ['a hang up', (socket) => socket.destroy(), 502, '35000'],
    ['silence', () => {}, 504, '35002'],
  ]
  for (const [kind, behaviour, status, code] of outcomes)
    it(`${kind}: ${status} ${code}`, async () => {
      const answer = await told(behaviour)
      assert.equal(answer.status, status, answer.text)
      assert.equal(codeOf(answer), code)
      assert.equal(answer.headers.get('content-type'), 'application/vnd.api+json')
      assert.deepEqual(JSON.parse(answer.text).errors[0].meta, { provider: 'CNAF et MSA' })
      assert.equal(answer.headers.get('retry-after'), null)
      assert.ok(!answer.text.includes('ROUSSEL'))
    })

  it('says which of two providers speaks', async () => {
    const answer = await told(json({ codeRetour: '40M' }))
    assert.equal(codeOf(answer), '10003')
    assert.deepEqual(JSON.parse(answer.text).errors[0].meta, { provider: 'MSA' })
  })

  const waits: readonly [string, string, number, string, number][] = [
    ['429 in seconds', '429 Slow', 502, '35008', 7],
    ['503: maintenance', '503 Down', 503, '35020', 120],
  ]
  for (const [kind, line, status, code, seconds] of waits)
    it(`passes the provider's wait on, and says whose it is (${kind})`, async () => {
      const answer = await told(json('', { status: line, headers: `Retry-After: ${seconds}\r\n` }))
      assert.equal(answer.status, status)
      assert.equal(answer.headers.get('retry-after'), String(seconds))
      assert.equal(codeOf(answer), code)
      assert.deepEqual(JSON.parse(answer.text).errors[0].meta, { provider: 'CNAF et MSA', retry_in: seconds })
    })

  it('understands a wait told as a date, and none that is none', async () => {
    const date = new Date(Date.now() + 90_000).toUTCString()
    const answer = await told(json('', { status: '503 Down', headers: `Retry-After: ${date}\r\n` }))
    const seconds = Number(answer.headers.get('retry-after'))
    assert.ok(seconds > 80 && seconds <= 91, String(seconds))
    assert.equal(codeOf(await told(json('', { status: '503 Down', headers: 'Retry-After: soon\r\n' }))), '35001')
  })

  it('words are those of the contract', async () => {
    const answer = await told(json({ codeRetour: '40' }))
    assert.deepEqual(answer.body, {
      errors: [
        {
          code: '35003',
          title: 'Personne ou dossier introuvable',
          detail: 'Aucun dossier ne correspond à ces paramètres (CNAF et MSA).',
          meta: { provider: 'CNAF et MSA' },
        },
      ],
    })
  })

  it('a date of birth that no calendar has is the caller’s to correct, and the provider is not asked', async () => {
    provider.behave(json(household()))
    provider.asked.length = 0
    const target = `/v3/dss/quotient_familial/identite?${identity.replace('moisDateNaissance=4&jourDateNaissance=9', 'moisDateNaissance=2&jourDateNaissance=31')}`
    const answer = await call(gateway.port, target)
    assert.equal(answer.status, 422)
    assert.equal(codeOf(answer), '00363')
    assert.equal(provider.asked.length, 0)
  })

  it('the same call twice at once: the provider is asked once, the second caller told so', async () => {
    provider.behave(json(household()))
    await ask()
    provider.asked.length = 0
    provider.behave((socket, asked) => void setTimeout(() => json(household())(socket, asked), 150))
    const both = await Promise.all([ask(), ask()])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
    assert.equal(codeOf(both.find(({ status }) => status === 409) as Told), '00015')
    assert.equal(provider.asked.length, 1)
  })

  it('a caller who leaves takes the call to the provider with it', async () => {
    const hungUp = new Promise<void>((resolve) => provider.behave((socket) => void socket.on('close', () => resolve())))
    const abort = new AbortController()
    const left = fetch(
      `http://127.0.0.1:${gateway.port}/v3/dss/quotient_familial/identite?${identity}&annee=2026&mois=9`,
      {
        headers: { Authorization: 'Bearer good' },
        signal: abort.signal,
      },
    )
    setTimeout(() => abort.abort(), 50)
    await assert.rejects(left)
    await hungUp
  })

  it('HEAD asks the provider and shows no body', async () => {
    provider.behave(json(household()))
    const before = gateway.finished.length
    const response = await fetch(`http://127.0.0.1:${gateway.port}/v3/dss/quotient_familial/identite?${identity}`, {
      method: 'HEAD',
      headers: { Authorization: 'Bearer good' },
    })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
    await gateway.recorded(before + 1)
    assert.deepEqual(gateway.finished.at(-1)?.fields, [])
  })

  it('nothing that the caller or the provider said is in the log', () => {
    assert.ok(gateway.lines.length > 20)
    // Ids are hexadecimal, and sooner or later hold any four digits.
    const all = gateway.lines.join('\n').replace(/[0-9a-f]{32}/g, '')
    for (const word of [
      'ROUSSEL',
      'Roussel',
      'NADIA',
      '75101',
      '1985',
      'key-of-the-fund',
      '13002526500013',
      '2850475001001',
    ])
      assert.ok(!all.includes(word), word)
    assert.match(all, /against the contract/)
  })
})

describe('an adapter: only what the scopes open', () => {
  it('the mapped answer is projected as any other', async (test) => {
    const provider = await startProvider(json(household()))
    test.after(() => provider.stop())
    const gateway = await startAdapted(
      { code: 'dss-quotient-familial', url: provider.url },
      { verified: { scopes: new Set(['cnaf_enfants']) }, secrets: funds },
    )
    test.after(() => gateway.stop())
    const answer = await call(gateway.port, `/v3/dss/quotient_familial/identite?${identity}`)
    assert.deepEqual(Object.keys(JSON.parse(answer.text).data), ['enfants'])
  })
  it('a secret that nobody gave is named in the log, and nothing is asked without it', async (test) => {
    const provider = await startProvider(json(household()))
    test.after(() => provider.stop())
    const gateway = await startAdapted({ code: 'dss-quotient-familial', url: provider.url })
    test.after(() => gateway.stop())
    const answer = await call(gateway.port, `/v3/dss/quotient_familial/identite?${identity}`)
    assert.deepEqual([answer.status, codeOf(answer)], [502, '35006'])
    assert.equal(provider.asked.length, 0)
    assert.match(gateway.lines.join('\n'), /PORTIQUE_PROVIDER_SECRETS has no \\"dss_quotient_familial_key\\"/)
  })
  it('a provider that does not listen, or whose name nobody knows', async (test) => {
    for (const [url, code] of [
      ['http://127.0.0.1:1', '35001'],
      ['http://fournisseur.invalid', '35004'],
    ] as const) {
      const limits = { connectMilliseconds: 5_000, totalMilliseconds: 6_000 }
      const gateway = await startAdapted({ code: 'dss-quotient-familial', url, limits }, { secrets: funds })
      test.after(() => gateway.stop())
      assert.equal(codeOf(await call(gateway.port, `/v3/dss/quotient_familial/identite?${identity}`)), code)
    }
  })
  it('in the name of a person: who they are comes from the token', async (test) => {
    const provider = await startProvider(json(household()))
    test.after(() => provider.stop())
    const person = {
      ...{ family_name: 'L’Hermitte', given_name: 'Noëlle', birthdate: '1980-12-01', gender: 'female' },
      ...{ birthcountry: '99100', birthplace: '' },
    }
    const gateway = await startAdapted(
      { code: 'dss-quotient-familial', url: provider.url },
      { verified: { subject: 's', person }, secrets: funds },
    )
    test.after(() => gateway.stop())
    const answer = await call(
      gateway.port,
      '/v3/dss/quotient_familial/france_connect?recipient=13002526500013&nomNaissance=Autre',
    )
    assert.equal(answer.status, 200, answer.text)
    const { periode, ...asked } = JSON.parse(provider.asked[0]?.body ?? '')
    assert.deepEqual(Object.keys(periode), ['annee', 'mois'])
    assert.deepEqual(asked, {
      identite: {
        nom: 'L’HERMITTE',
        prenoms: 'NOËLLE',
        dateNaissance: '19801201',
        sexe: '2',
        naissance: { pays: '99100' },
      },
    })
  })
})

describe('an adapter: the register of students', () => {
  const student = {
    etudiant: { nom: 'PICARD', prenom: 'Hugo', naissance: '14/02/2001' },
    periodes: [
      {
        ...{ debut: '01092025', fin: null, etat: 'INSCRIT', regime: { code: 'rf1', libelle: 'formation initiale' } },
        ...{ commune: '69383', etablissement: { uai: '0699990A', nom: 'UNIVERSITE' } },
      },
      { debut: '01092026', fin: '31082027', etat: 'ADMIS' },
    ],
  }
  let provider: Provider
  let gateway: RunningGateway & { readonly lines: string[] }
  before(async () => {
    provider = await startProvider(json(student))
    gateway = await startAdapted(
      { code: 'mesri-statut-etudiant', url: provider.url },
      { secrets: { mesri_user: 'portique', mesri_password: 'p:ss' } },
    )
  })
  after(async () => {
    await gateway.stop()
    await provider.stop()
  })

  it('by INE: in the path, with Basic', async () => {
    const answer = await call(gateway.port, '/v3/mesri/statut_etudiant/ine?recipient=13002526500013&ine=990000003AB')
    assert.equal(answer.status, 200, answer.text)
    assert.equal(provider.asked[0]?.line, 'GET /etudiants/990000003AB HTTP/1.1')
    assert.equal(provider.asked[0]?.header('Authorization'), `Basic ${Buffer.from('portique:p:ss').toString('base64')}`)
    assert.deepEqual(JSON.parse(answer.text).data, {
      identite: { nom_naissance: 'PICARD', prenom: 'Hugo', date_naissance: '2001-02-14' },
      admissions: [
        {
          ...{ date_debut: '2025-09-01', date_fin: null, est_inscrit: true },
          regime_formation: { code: 'RF1', libelle: 'formation initiale' },
          code_cog_insee_commune: '69383',
          etablissement_etudes: { uai: '0699990A', nom: 'UNIVERSITE' },
        },
        { date_debut: '2026-09-01', date_fin: '2027-08-31', est_inscrit: false, code_cog_insee_commune: null },
      ],
    })
  })

  it('by identity: in the query, one given name, without accents', async () => {
    provider.asked.length = 0
    const query =
      'nomNaissance=L%27Hermitte&prenoms[]=No%C3%AB&prenoms[]=Paul&anneeDateNaissance=2001&moisDateNaissance=2&jourDateNaissance=4&sexeEtatCivil=M'
    await call(gateway.port, `/v3/mesri/statut_etudiant/identite?recipient=13002526500013&${query}`)
    assert.equal(
      provider.asked[0]?.line,
      'GET /etudiants?nom=L%27HERMITTE&prenom=NOE&naissance=04%2F02%2F2001&sexe=1 HTTP/1.1',
    )
  })

  it('homonyms, and no period at all', async () => {
    const target = '/v3/mesri/statut_etudiant/ine?recipient=13002526500013&ine=990000003AB'
    provider.behave(json({ erreur: { code: 'HOMONYMES' } }, { status: '422 Which' }))
    assert.equal(codeOf(await call(gateway.port, target)), '25563')
    provider.behave(json({ erreur: { code: 'AUTRE' } }, { status: '422 What' }))
    assert.equal(codeOf(await call(gateway.port, target)), '25561')
    provider.behave(json({ etudiant: student.etudiant }))
    assert.equal(codeOf(await call(gateway.port, target)), '25999')
    provider.behave(json({ etudiant: student.etudiant, periodes: [] }))
    assert.deepEqual(JSON.parse((await call(gateway.port, target)).text).data.admissions, [])
  })
})

describe('the recipient that evidence names', () => {
  const own = '13002526500013'
  const other = '35600000000048'
  const named = async (code: string, version: string, targets: readonly string[]) => {
    const gateway = await startAdapted({ code, version, url: 'http://127.0.0.1:9' }, { verified: { recipient: own } })
    for (const target of targets) await call(gateway.port, target)
    await gateway.recorded(targets.length)
    await gateway.stop()
    return gateway.finished.map(({ recipient }) => recipient)
  }

  it('is the one that a call gives, and none where it had to give one and did not', async () => {
    const target = '/v3/mesri/statut_etudiant/ine?ine=990000003AB'
    const told = await named('mesri-statut-etudiant', '3', [
      `${target}&recipient=${other}`,
      target,
      `${target}&recipient=1`,
    ])
    assert.deepEqual(told, [other, null, null])
  })

  it('is that of the token where the contract asks for none', async () => {
    const target = '/api/v2/etudiants?ine=990000003AB'
    const told = await named('etudiants', '2', [`${target}&recipient=${other}`, target, `${target}&recipient=1`])
    assert.deepEqual(told, [other, own, null])
  })
})

describe('an adapter: the register of job seekers, with OAuth', () => {
  const seeker = {
    login: 'angela.martin',
    etatCivil: { civilite: 'MME', nom: 'MARTIN', prenom: 'Angela', sexe: '2', naissance: '1976-03-12T00:00:00+01:00' },
    mail: 'a@exemple.fr',
    telephones: ['0199000141'],
    adresse: { codePostal: '69003', localite: 'LYON', voie: '12 RUE DES LILAS' },
    inscription: { debut: 1_719_878_400_000, categorie: { code: '1', libelle: 'Sans emploi' } },
    certification: 'VC',
  }
  const target = '/v3/france_travail/statut/identifiant?recipient=13002526500013&identifiant=Angela.Martin'
  const secrets = { ft_id: 'portique', ft_secret: 'not-to-be-told' }
  const oauth = (port: number): ProviderCredentials => ({
    ...{ kind: 'oauth', tokenUrl: `http://127.0.0.1:${port}/token`, scope: 'individus.statut' },
    ...{ clientId: 'ft_id', clientSecret: 'ft_secret', authentication: 'post' },
  })

  it('has one deadline for the token and the call, whichever of the two hangs', async (test) => {
    const provider = await startProvider(() => {})
    test.after(() => provider.stop())
    const lateness = async (answer: (response: ServerResponse) => void) => {
      const tokens = createServer((_, response) => answer(response)).listen(0, '127.0.0.1')
      await once(tokens, 'listening')
      test.after(() => tokens.close().closeAllConnections())
      const { port } = tokens.address() as AddressInfo
      const limits = { headersMilliseconds: 1_500, totalMilliseconds: 1_500 }
      const gateway = await startAdapted(
        { code: 'france-travail-statut', url: provider.url, credentials: oauth(port), limits },
        { secrets },
      )
      test.after(() => gateway.stop())
      const began = performance.now()
      const told = await call(gateway.port, target)
      assert.deepEqual([told.status, codeOf(told)], [504, '24002'])
      return performance.now() - began
    }
    const token = '{"access_token":"a","expires_in":60}'
    const [hanging, slow] = await Promise.all([
      lateness(() => {}),
      lateness((response) => void setTimeout(() => response.end(token), 1_000)),
    ])
    assert.ok(hanging < 3_500, `${hanging} ms, where the token endpoint says nothing`)
    assert.ok(slow < 2_400, `${slow} ms, where the token comes late and the provider says nothing`)
    assert.equal(provider.asked.length, 1)
  })

  it('takes one token for many calls, another when it is refused, and says when there is none', async (test) => {
    test.after(() => void tokens.close(() => {}))
    const forms: string[] = []
    let status = 200
    const tokens = createServer((request, response) => {
      let body = ''
      request.on('data', (piece) => {
        body += piece
      })
      request.on('end', () => {
        forms.push(body)
        response.writeHead(status, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ access_token: `token-${forms.length}`, token_type: 'Bearer', expires_in: 600 }))
      })
    })
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve))
    const { port } = tokens.address() as AddressInfo
    const provider = await startProvider(json(seeker))
    test.after(() => provider.stop())
    let ahead = 0
    const gateway = await startAdapted(
      { code: 'france-travail-statut', url: provider.url, credentials: oauth(port) },
      { secrets, monotonic: () => performance.now() + ahead },
    )
    test.after(() => gateway.stop())
    const [one, two] = await Promise.all([call(gateway.port, target), call(gateway.port, `${target}2`)])
    assert.equal(one.status, 200, one.text)
    assert.equal(two.status, 200)
    assert.deepEqual(forms, [
      'grant_type=client_credentials&scope=individus.statut&client_id=portique&client_secret=not-to-be-told',
    ])
    assert.equal(provider.asked[0]?.line, 'POST /individus/statut HTTP/1.1')
    assert.equal(provider.asked[0]?.header('Authorization'), 'Bearer token-1')
    assert.equal(provider.asked[0]?.header('Content-Type'), 'application/x-www-form-urlencoded')
    assert.equal(provider.asked[0]?.body, 'login=angela.martin')
    const { data } = JSON.parse(one.text)
    assert.equal(data.identite.sexe, 'Féminin')
    assert.equal(data.identite.date_naissance, '1976-03-12')
    assert.deepEqual(data.contact, { email: 'a@exemple.fr', telephone: '0199000141', telephone2: null })
    assert.equal(data.inscription.date_debut, '2024-07-02')
    assert.equal(data.inscription.date_fin, null)
    assert.deepEqual(data.inscription.categorie, { code: 1, libelle: 'Sans emploi' })

    provider.behave((socket) => socket.write('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'))
    assert.equal(codeOf(await call(gateway.port, target)), '24006')
    provider.behave((socket) => socket.write('HTTP/1.1 204 None\r\n\r\n'))
    assert.equal(codeOf(await call(gateway.port, target)), '24003')
    assert.equal(provider.asked.at(-1)?.header('Authorization'), 'Bearer token-2')

    const ended = (fin: unknown) => json({ ...seeker, inscription: { ...seeker.inscription, fin } })
    provider.behave(ended(Date.UTC(2009, 11, 31)))
    assert.equal(codeOf(await call(gateway.port, target)), '24003', 'a registration that ended before 2010')
    for (const none of ['bientôt', ' ', '0x10', []]) {
      provider.behave(ended(none))
      assert.equal(codeOf(await call(gateway.port, target)), '24999', `${JSON.stringify(none)} is no date`)
    }
    provider.behave(ended(Date.UTC(2010, 0, 1)))
    assert.equal((await call(gateway.port, target)).status, 200)

    provider.behave((socket) => socket.write('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'))
    const [tokensBefore, askedBefore] = [forms.length, provider.asked.length]
    ahead += 1_000
    for (let calls = 0; calls < 5; calls += 1) assert.equal(codeOf(await call(gateway.port, target)), '24006')
    assert.equal(forms.length, tokensBefore + 1, 'of a provider that refuses them all no token a call is asked for')
    assert.equal(provider.asked.length, askedBefore + 5)

    provider.behave((socket, asked) => {
      if (asked.body.includes('nobody')) socket.write('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n')
      else json(seeker)(socket, asked)
    })
    for (let seconds = 1; seconds <= 3; seconds += 1) {
      ahead += 1_000
      // The third second the token endpoint has none to give.
      if (seconds === 3) status = 429
      for (let calls = 0; calls < 3; calls += 1) {
        const [bad, good] = [
          await call(gateway.port, target.replace('Angela.Martin', 'nobody')),
          await call(gateway.port, target),
        ]
        assert.equal(codeOf(bad), '24006')
        assert.equal(good.status, 200, `second ${seconds}: the others go on beside a caller whose calls are refused`)
      }
      assert.equal(forms.length, tokensBefore + 1 + seconds)
    }
    ahead += 600_000
    status = 500
    const failing = await call(gateway.port, target)
    assert.equal(codeOf(failing), '24001')
    status = 401
    assert.equal(codeOf(await call(gateway.port, target)), '24006')
    await new Promise((resolve) => tokens.close(resolve).closeAllConnections())
    assert.equal(codeOf(await call(gateway.port, target)), '24001')
    const all = gateway.lines.join('\n')
    for (const word of ['not-to-be-told', 'token-', 'MARTIN', 'ngela']) assert.ok(!all.includes(word), word)
  })
})
