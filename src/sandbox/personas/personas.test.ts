import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ApiVersion, Platform, Verified } from '#contract'
import { createSandbox } from '../create-sandbox.js'
import { loadWhole, openWire, type Wire } from '../fixtures/wire.fixture.js'

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false })
addFormats.default(ajv)

const platform: Platform = await loadWhole()
const people = platform.personas
const named = (id: string) => {
  const found = people.find((persona) => persona.id === id)
  assert.ok(found, id)
  return found
}
const personal = platform.apis.filter(
  ({ realm, upstreams }) => realm !== 'partenaire' && upstreams.sandbox === 'sandbox',
)
let now = Date.UTC(2026, 2, 15)
let caller: Partial<Verified> = {}
const wires = new Map<string, Wire>()
const wireOf = (code: string) => wires.get(code)?.url ?? ''

before(async () => {
  const sandbox = createSandbox({ clock: () => now, platforms: [platform] })
  for (const api of personal) wires.set(api.code, await openWire(sandbox, api, () => caller))
})
after(async () => {
  for (const wire of wires.values()) await wire.close()
})

interface Sent {
  readonly as?: Partial<Verified>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Got {
  readonly status: number
  readonly refused: string | null
  readonly json: ReturnType<typeof JSON.parse>
}

/** One at a time: who is calling is kept between the two ends. */
async function call(code: string, path: string, { as = {}, headers = {}, body }: Sent = {}): Promise<Got> {
  caller = as
  const post =
    body === undefined
      ? { headers }
      : { method: 'POST', body: JSON.stringify(body), headers: { ...headers, 'Content-Type': 'application/json' } }
  const response = await fetch(`${wireOf(code)}${path}`, { redirect: 'manual', ...post })
  const text = await response.text()
  const refused = response.headers.get('x-refusal')
  return { status: response.status, refused, json: text === '' ? null : JSON.parse(text) }
}

const allScopes = ({ scopes, dataScopes = [] }: ApiVersion) => new Set([...scopes.production, ...dataScopes])
const personOf = (id: string, scopes: ReadonlySet<string> = new Set()): Partial<Verified> => {
  const { realm, sub } = named(id)
  return { realm, subject: sub, scopes }
}

describe('the test people', () => {
  it('are many and different: eight categories, an adviser, two recruiters, homonyms, one without e-mail', () => {
    assert.ok(people.length >= 12)
    for (let category = 1; category <= 8; category++)
      assert.ok(
        people.some(({ situation }) => situation.fr.includes(`catégorie ${category}`)),
        String(category),
      )
    assert.deepEqual([...new Set(people.map(({ realm }) => realm))].toSorted(), ['agent', 'employeur', 'individu'])
    assert.equal(people.filter(({ name }) => name === 'Jean Petit').length, 2)
    assert.equal(named('nadia-roussel').claims.email, undefined)
    for (const { situation } of people) assert.ok(!`${situation.fr}${situation.en}`.includes('\n'))
  })

  it('have subjects and addresses that are nobody else’s', () => {
    for (const { sub, claims } of people) {
      assert.match(sub, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.equal(claims.idIdentiteExterne, sub)
      assert.ok(claims.email === undefined || String(claims.email).endsWith('@exemple.fr'))
    }
    assert.equal(new Set(people.map(({ sub }) => sub)).size, people.length)
  })

  it('have social security numbers that cannot exist: no département has the number 00', () => {
    for (const { data } of people) {
      const found = data['rechercher-usager']
      if (found === undefined || found === null || typeof found !== 'object' || !('nir' in found)) continue
      const [short, long] = found.nir as readonly string[]
      assert.match(short ?? '', /^[12]\d{4}00\d{6}$/)
      assert.equal(long, `${short}${String(97 - (Number(short) % 97)).padStart(2, '0')}`)
    }
  })
})

describe('each person, each API of their realm', () => {
  for (const persona of people)
    for (const api of personal.filter(({ realm }) => realm === persona.realm && realm !== 'agent'))
      for (const operation of api.operations)
        it(`${persona.id}: ${api.code} ${operation.path}`, async () => {
          const as = personOf(persona.id, allScopes(api))
          const { status, json, refused } = await call(api.code, operation.path, { as })
          assert.equal(refused, null)
          if (persona.provider === 'down') {
            assert.deepEqual([status, json.codeErreur], [503, 'JCS0011G'])
            return
          }
          assert.ok(status === 200 || status === 204, String(status))
          if (status === 204) return
          const schema = operation.definition.responses?.['200']?.content?.['application/json']?.schema
          assert.ok(schema)
          const validate = ajv.compile(schema)
          const sent: unknown = json
          assert.ok(validate(sent), JSON.stringify(validate.errors))
        })

  it('homonyms are told apart', async () => {
    const [older, younger] = [named('jean-petit-1970'), named('jean-petit-1995')]
    assert.deepEqual(
      [older.claims.given_name, older.claims.family_name],
      [younger.claims.given_name, younger.claims.family_name],
    )
    assert.notEqual(older.sub, younger.sub)
    const born = async (id: string) =>
      (await call('peconnect-datenaissance', '/etat-civil', { as: personOf(id) })).json.dateDeNaissance
    assert.equal(await born('jean-petit-1970'), '1970-10-02T00:00:00+01:00')
    assert.equal(await born('jean-petit-1995'), '1995-04-18T00:00:00+02:00')
  })

  it('one who is not registered says so, and has no benefits', async () => {
    const as = personOf('paul-vidal')
    assert.equal((await call('peconnect-statut', '/statut', { as })).json.codeStatutIndividu, '0')
    assert.equal((await call('peconnect-indemnisations', '/indemnisation', { as })).status, 204)
  })
})

describe('a token that is in nobody’s name', () => {
  const wrongs: readonly (readonly [string, Partial<Verified>])[] = [
    ['no subject', {}],
    ['an unknown one', { subject: 'ffffffff-ffff-4fff-8fff-ffffffffffff' }],
    ['a name that objects have', { subject: '__proto__' }],
    ['a person of another realm', { subject: named('helene-marchand').sub, realm: 'employeur' }],
    ['a person, in another realm', { subject: named('angela-martin').sub, realm: 'agent' }],
  ]
  for (const [name, as] of wrongs)
    it(`is refused: ${name}`, async () => {
      const { status, refused } = await call('peconnect-statut', '/statut', { as })
      assert.deepEqual([status, refused], [403, 'access/person'])
    })
})

describe('an agent', () => {
  const agent = { 'pa-identifiant-agent': 'BATCH', 'pa-nom-agent': 'CARON', 'pa-prenom-agent': 'Julie' }
  const byNir = '/usagers/par-datenaissance-et-nir'
  const byNumber = '/usagers/par-numero-francetravail'
  const angela = { dateNaissance: '1976-03-12', nir: '2760300003737' }
  const search = (path: string, body: unknown, more: Sent = {}) =>
    call('rechercher-usager', path, { headers: agent, body, ...more })
  const tokenFor = async (body: unknown, path = byNir): Promise<string> => (await search(path, body)).json.jetonUsager

  it('finds a person by birth date and number, the key of the number written or not', async () => {
    for (const nir of [angela.nir, '276030000373753']) {
      const { status, json } = await search(byNir, { ...angela, nir })
      assert.deepEqual([status, json.codeRetour, json.topIdentiteCertifiee], [200, 'S001', 'O'])
      assert.ok(json.jetonUsager.length > 20)
    }
  })

  it('finds nobody, several, or one whose identity is not certified', async () => {
    const none = {
      codeRetour: 'S002',
      message: 'Aucun approchant trouvé',
      jetonUsager: null,
      topIdentiteCertifiee: null,
    }
    assert.deepEqual((await search(byNir, { ...angela, dateNaissance: '1976-03-13' })).json, none)
    assert.deepEqual((await search(byNumber, { numeroFranceTravail: '99999999999' })).json, none)
    const hugo = named('hugo-picard').data['rechercher-usager'] as { nir: string[]; dateNaissance: string }
    const several = await search(byNir, { dateNaissance: hugo.dateNaissance, nir: hugo.nir[0] })
    assert.deepEqual([several.status, several.json.codeRetour], [200, 'S003'])
    const old = await search(byNumber, { numeroFranceTravail: '99000000009' })
    assert.deepEqual([old.json.codeRetour, old.json.topIdentiteCertifiee], ['S001', 'N'])
  })

  it('reads two homonyms’ own data with their own tokens', async () => {
    const born = async (numeroFranceTravail: string) => {
      const headers = { ...agent, 'ft-jeton-usager': await tokenFor({ numeroFranceTravail }, byNumber) }
      const { json } = await call('informations-administratives', '/usager', { headers })
      assert.equal(json.numeroFranceTravail, numeroFranceTravail)
      return json.etatCivil.dateNaissance
    }
    assert.deepEqual([await born('99000000011'), await born('99000000012')], ['1970-10-02', '1995-04-18'])
  })

  it('reads whether the person is a recognised disabled worker', async () => {
    const rqth = async (body: unknown) => {
      const headers = { ...agent, 'ft-jeton-usager': await tokenFor(body, byNumber) }
      return (await call('donnees-rqth', '/rqth', { headers })).json
    }
    assert.equal((await rqth({ numeroFranceTravail: '99000000001' })).dateFinRqth, '2030-01-20')
    assert.deepEqual(await rqth({ numeroFranceTravail: '99000000002' }), {
      dateDebutRqth: '',
      dateFinRqth: '',
      source: '',
      topValiditeRQTH: false,
    })
  })

  it('is told that a service is down', async () => {
    const found = await search(byNumber, { numeroFranceTravail: '99000000013' })
    assert.deepEqual([found.status, found.json.codeRetour, found.json.jetonUsager], [503, 'R999', 'null'])
  })

  it('is sent away without its headers, and refused with an empty one', async () => {
    for (const name of Object.keys(agent)) {
      const { [name]: _left, ...headers } = agent as Record<string, string>
      assert.equal((await search(byNir, angela, { headers })).status, 302, name)
      const empty = await search(byNir, angela, { headers: { ...agent, [name]: ' ' } })
      assert.deepEqual([empty.status, empty.json], [401, null], name)
    }
    assert.equal((await search(byNir, {}, { headers: {} })).status, 302)
    assert.equal((await call('donnees-rqth', '/rqth')).status, 302)
  })

  const wrongs: readonly (readonly [string, string, unknown])[] = [
    ['nothing known', byNir, {}],
    ['a list', byNir, []],
    ['a text', byNir, 'nir'],
    ['no number', byNir, { dateNaissance: '1976-03-12' }],
    ['a short number', byNir, { ...angela, nir: '276030000373' }],
    ['a number of 14 digits', byNir, { ...angela, nir: '27603000037375' }],
    ['a number that is none', byNir, { ...angela, nir: '3760300003737' }],
    ['a list of numbers', byNir, { ...angela, nir: [angela.nir] }],
    ['an object', byNir, { ...angela, nir: { $ne: null } }],
    ['a date that is none', byNir, { ...angela, dateNaissance: '1976-02-30' }],
    ['a French date', byNir, { ...angela, dateNaissance: '12/03/1976' }],
    ['a short France Travail number', byNumber, { numeroFranceTravail: '9900000000' }],
    ['a very long one', byNumber, { numeroFranceTravail: '9'.repeat(100_000) }],
  ]
  for (const [name, path, body] of wrongs)
    it(`is refused ${name}`, async () => {
      const { status, json } = await search(path, body)
      assert.deepEqual([status, json.codeRetour, json.jetonUsager], [400, 'R997', 'null'])
    })

  describe('with a token for the person', () => {
    const read = (token: string, as: Partial<Verified> = {}) =>
      call('donnees-rqth', '/rqth', { headers: { ...agent, 'ft-jeton-usager': token }, as })
    const refused = async (token: string, as?: Partial<Verified>) => {
      const { status, json } = await read(token, as)
      assert.deepEqual([status, json.codeRetour], [403, 'R002'])
    }

    it('that is missing or unknown is refused', async () => {
      assert.equal((await call('donnees-rqth', '/rqth', { headers: agent })).json.codeRetour, 'R002')
      for (const token of ['a', 'jeton', 'é'.normalize('NFD').slice(0, 1), 'A'.repeat(64), 'A'.repeat(5000)])
        await refused(token)
    })

    it('that was changed in one place is refused', async () => {
      const token = await tokenFor(angela)
      for (const at of [0, 20, Math.floor(token.length / 2), token.length - 3])
        await refused(`${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`)
    })

    it('that another application was given is refused', async () => {
      const token = await tokenFor(angela)
      assert.equal((await read(token)).status, 200)
      await refused(token, { applicationId: 'another' })
    })

    it('is good for a day', async () => {
      const token = await tokenFor(angela)
      const start = now
      now = start + 86_399_000
      assert.equal((await read(token)).status, 200)
      now = start + 86_400_000
      await refused(token)
      now = start
    })

    it('says nothing of the person, and is another each time', async () => {
      const [one, other] = [await tokenFor(angela), await tokenFor(angela)]
      assert.notEqual(one, other)
      assert.doesNotMatch(Buffer.from(one, 'base64url').toString('latin1'), /angela/i)
    })
  })
})
