import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ApiVersion, Json, Upstream } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { apiNamed, loadApis, openWire, type Wire } from './fixtures/wire.fixture.js'

const clock = () => Date.UTC(2026, 2, 15, 12)
const wires = new Map<string, Wire>()
let apis: readonly ApiVersion[]
let sandbox: Upstream

before(async () => {
  apis = await loadApis()
  sandbox = createSandbox({ clock })
})
after(async () => {
  for (const wire of wires.values()) await wire.close()
})

interface Sent {
  readonly body?: Json
  readonly headers?: Readonly<Record<string, string>>
}

async function call(code: string, path: string, { body, headers = {} }: Sent = {}) {
  const wire = wires.get(code) ?? (await openWire(sandbox, apiNamed(apis, code)))
  wires.set(code, wire)
  const post = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  const response = await fetch(`${wire.url}${path}`, body === undefined ? { headers } : post)
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    text,
    headers: response.headers,
    json: type.includes('json') && text !== '' ? JSON.parse(text) : null,
  }
}

const refused = async (code: string, path: string, sent: Sent = {}) => {
  const { status, json } = await call(code, path, sent)
  assert.equal(status, 400)
  assert.equal(json.codeHttp, 400)
  return json.message
}

describe('ROME', () => {
  it('lists, reads and projects', async () => {
    const list = await call('rome-metiers', '/metiers/metier')
    assert.deepEqual(Object.keys(list.json[0]), ['code', 'libelle'])
    const { json } = await call(
      'rome-metiers',
      '/metiers/metier/D1102?champs=code,domaineProfessionnel(grandDomaine(code))',
    )
    assert.deepEqual(json, { code: 'D1102', domaineProfessionnel: { grandDomaine: { code: 'D' } } })
    assert.equal((await call('rome-metiers', '/metiers/metier/D1102')).json.appellations.length > 0, true)
    const titles = await call('rome-metiers', '/metiers/appellation?champs=code,libelle,metier(code)')
    assert.ok(
      titles.json.every((row: { metier: Json }) => JSON.stringify(Object.keys(row.metier ?? {})) === '["code"]'),
    )
  })

  it('searches by words, all or any', async () => {
    const all = await call('rome-metiers', '/metiers/metier/requete?q=boulanger+patissier')
    const any = await call('rome-metiers', '/metiers/metier/requete?q=boulanger+patissier&op=OR')
    assert.ok(any.json.totalResultats > all.json.totalResultats)
    assert.equal(any.json.resultats.length, any.json.totalResultats)
  })

  it('refuses and misses', async () => {
    assert.equal(await refused('rome-metiers', '/metiers/metier/requete'), 'Le paramètre « q » est obligatoire.')
    assert.match(await refused('rome-metiers', '/metiers/appellation?champs=code,(libelle'), /« champs » incorrect/)
    assert.match(await refused('rome-metiers', '/metiers/metier/boulanger'), /« code » incorrect/)
    assert.equal((await call('rome-metiers', '/metiers/metier/Z9998')).status, 404)
    assert.equal((await call('rome-fiches-metiers', '/fiches-rome/fiche-metier/Z9998')).status, 404)
  })

  for (const [code, path] of [
    ['rome-fiches-metiers', '/fiches-rome/fiche-metier'],
    ['rome-competences', '/competences/competence'],
    ['rome-competences', '/competences/macro-savoir-faire'],
    ['rome-contextes-travail', '/situations-travail/contexte-travail'],
  ] as const)
    it(`lists ${path}`, async () => {
      const { status, json } = await call(code, path)
      assert.equal(status, 200)
      assert.ok(json.length > 10 && json.every((row: { code: Json }) => typeof row.code === 'string'))
    })
})

describe('ROMEO', () => {
  const ask = (appellations: Json, options: Json = { nomAppelant: 'test', nbResultats: 3 }) =>
    call('romeo', '/predictionMetiers', { body: { appellations, options } })

  it('finds the closest titles, best first, the same each time', async () => {
    const sent = [
      { intitule: 'Boulanger', identifiant: 'a', contexte: 'Fournil' },
      { intitule: 'developpeuse WEB', identifiant: 'b' },
    ]
    const { status, json, text } = await ask(sent)
    assert.equal(status, 200)
    assert.deepEqual(
      json.map((entry: { identifiant: Json }) => entry.identifiant),
      ['a', 'b'],
    )
    assert.equal(json[0].contexte, 'Fournil')
    assert.equal('contexte' in json[1], false)
    assert.equal(json[0].metiersRome[0].codeRome, 'D1102')
    for (const { metiersRome } of json) {
      const scores = metiersRome.map(({ scorePrediction }: { scorePrediction: number }) => scorePrediction)
      assert.deepEqual(
        scores,
        scores.toSorted((one: number, other: number) => other - one),
      )
      assert.ok(scores.length <= 3 && scores.every((score: number) => score > 0 && score <= 1))
    }
    assert.equal((await ask(sent)).text, text)
  })

  it('keeps only what reaches the threshold', async () => {
    const { json } = await ask([{ intitule: 'Boulanger', identifiant: 'a' }], {
      nomAppelant: 'test',
      nbResultats: 25,
      seuilScorePrediction: 0.9,
    })
    assert.ok(json[0].metiersRome.every(({ scorePrediction }: { scorePrediction: number }) => scorePrediction >= 0.9))
    const none = await ask([{ intitule: 'zzz', identifiant: 'a' }])
    assert.deepEqual(none.json[0].metiersRome, [])
  })

  const wrongs: readonly (readonly [string, Json])[] = [
    ['no inputs', { options: { nomAppelant: 'x' } }],
    ['an empty list', { appellations: [], options: { nomAppelant: 'x' } }],
    ['an input without text', { appellations: [{ identifiant: '1' }], options: { nomAppelant: 'x' } }],
    ['a text that is none', { appellations: [{ intitule: 3, identifiant: '1' }], options: { nomAppelant: 'x' } }],
    ['no options', { appellations: [{ intitule: 'a', identifiant: '1' }] }],
    [
      'too many results',
      { appellations: [{ intitule: 'a', identifiant: '1' }], options: { nomAppelant: 'x', nbResultats: 99 } },
    ],
    [
      'too many inputs',
      {
        appellations: Array.from({ length: 21 }, () => ({ intitule: 'a', identifiant: '1' })),
        options: { nomAppelant: 'x' },
      },
    ],
    ['a list', []],
    ['a text', 'boulanger'],
  ]
  for (const [name, body] of wrongs)
    it(`refuses ${name}`, async () => assert.notEqual(await refused('romeo', '/predictionMetiers', { body }), ''))
})

describe('La Bonne Boîte', () => {
  it('searches around a point, by métier, and pages', async () => {
    const query = 'latitude=48.85&longitude=2.35&distance=60'
    const first = await call('labonneboite', `/recherche?${query}&page=1&page_size=5`)
    const second = await call('labonneboite', `/recherche?${query}&page=2&page_size=5`)
    assert.equal(first.json.items.length, 5)
    assert.equal(first.json.hits, second.json.hits)
    const ids = [...first.json.items, ...second.json.items].map(({ siret }: { siret: string }) => siret)
    assert.equal(new Set(ids).size, ids.length)
    const stars = first.json.items.map(({ hiring_potential }: { hiring_potential: number }) => hiring_potential)
    assert.deepEqual(
      stars,
      stars.toSorted((one: number, other: number) => other - one),
    )
    const bakers = await call('labonneboite', `/recherche?${query}&rome=D1102,D1104`)
    assert.ok(
      bakers.json.items.every(({ romes }: { romes: string[] }) => romes.includes('D1102') || romes.includes('D1104')),
    )
  })

  it('answers an empty page past the end', async () => {
    const { status, json } = await call('labonneboite', '/recherche?page=9999')
    assert.deepEqual([status, json.items], [200, []])
  })

  it('reads the potential of one establishment', async () => {
    const { siret } = (await call('labonneboite', '/recherche?page_size=1')).json.items[0]
    const { json } = await call('labonneboite', `/potentielEmbauche?siret=${siret}`)
    assert.deepEqual(Object.keys(json), ['siret', 'company_name', 'hiring_potential', 'is_high_potential'])
    assert.equal((await call('labonneboite', '/potentielEmbauche?siret=00000000000000')).status, 404)
  })

  for (const query of [
    'page=0',
    'page_size=1000',
    'page=x',
    'latitude=48',
    'latitude=148&longitude=2',
    'rome=boulanger',
    'distance=-1',
    'citycode=00000',
  ])
    it(`refuses ${query}`, async () => assert.match(await refused('labonneboite', `/recherche?${query}`), /paramètre/))
})

describe('Agences', () => {
  it('finds the agencies of a commune, with hours and area on demand', async () => {
    const plain = await call('referentielagences', '/agences?commune=01053')
    assert.ok(plain.json.length > 0)
    assert.ok(plain.json.every((row: object) => !('horaires' in row) && !('zoneCompetences' in row)))
    const hours = await call('referentielagences', '/agences?commune=01053&horaire=true')
    assert.ok(hours.json.every((row: object) => 'horaires' in row && !('zoneCompetences' in row)))
    const both = await call('referentielagences', '/agences?commune=01053&horaire=true&zonecompetence=true')
    assert.ok(both.json.every((row: object) => 'horaires' in row && 'zoneCompetences' in row))
    assert.deepEqual((await call('referentielagences', '/agences?commune=98799')).json, [])
    assert.match(await refused('referentielagences', '/agences?commune=Nantes'), /« commune » incorrect/)
    assert.match(await refused('referentielagences', '/agences?horaire=oui'), /Booléen attendu/)
    assert.equal(
      (await call('referentielagences', `/agences/${plain.json[0].code}`)).json.libelle,
      plain.json[0].libelle,
    )
  })
})

describe('Évènements', () => {
  it('pages through all of them in the order of their dates', async () => {
    const seen: string[] = []
    for (let page = 0; ; page++) {
      const { status, json } = await call('evenements', `/mee/evenements?page=${page}&size=40`, { body: {} })
      if (status === 204) break
      seen.push(...json.content.map(({ dateEvenement }: { dateEvenement: string }) => dateEvenement))
      assert.ok(page < 20)
    }
    assert.equal(seen.length, (await call('evenements', '/mee/evenements', { body: {} })).json.totalElements)
    assert.deepEqual(seen, seen.toSorted())
    assert.ok(seen.every((date) => /^2026-\d\d-\d\dT00:00:00\.000Z$/.test(date)))
    const last = await call('evenements', '/mee/evenements?size=1&sort=dateEvenement,desc', { body: {} })
    assert.equal(last.json.content[0].dateEvenement, seen.at(-1))
  })

  it('filters by what the body says', async () => {
    const { content } = (await call('evenements', '/mee/evenements?size=100', { body: {} })).json
    const known = content.find((event: object) => 'departement' in event && 'codesRome' in event)
    const { json } = await call('evenements', '/mee/evenements?size=100', {
      body: { departement: known.departement, codesRome: [known.codesRome[0], 'D1102'] },
    })
    assert.ok(json.content.length > 0)
    assert.ok(json.content.every(({ departement }: { departement: string }) => departement === known.departement))
    assert.equal((await call('evenements', '/mee/evenements', { body: { type: 'inconnu' } })).status, 204)
    assert.match(
      await refused('evenements', '/mee/evenements', { body: { dateDebut: '2026-02-30T00:00:00Z' } }),
      /dateDebut/,
    )
    assert.match(await refused('evenements', '/mee/evenements', { body: { codesRome: [{ a: 1 }] } }), /codesRome/)
    assert.match(await refused('evenements', '/mee/evenements', { body: [] }), /corps/)
  })

  it('reads one, 204 when it is unknown', async () => {
    const { id, titre } = (await call('evenements', '/mee/evenements?size=1', { body: {} })).json.content[0]
    assert.equal((await call('evenements', `/mee/evenement/${id}`)).json.titre, titre)
    assert.equal((await call('evenements', '/mee/evenement/1')).status, 204)
    assert.match(await refused('evenements', '/mee/evenement/abc'), /« id » incorrect/)
    assert.ok((await call('evenements', '/salonsenligne')).json.length > 0)
  })
})

describe('Marché du travail', () => {
  const region = { codeTypeTerritoire: 'REG', codeTerritoire: '11' }
  const all = [
    'stat-offres',
    'stat-demandeurs',
    'stat-demandeurs-entrant',
    'stat-embauches',
    'stat-perspective-employeur',
  ]
  for (const name of all)
    it(`reads ${name}`, async () => {
      const { status, json } = await call('stats-offres-demandes-emploi', `/indicateur/${name}`, { body: region })
      assert.equal(status, 200)
      assert.deepEqual(Object.keys(json), ['codeIndicateur', 'datMaj', 'listeValeursParPeriode'])
      for (const value of json.listeValeursParPeriode) {
        assert.deepEqual([value.codeTypeTerritoire, value.codeTerritoire], ['REG', '11'])
        assert.equal('operation' in value || 'datMaj' in value, false)
      }
    })

  it('gives the last period only, in XML when Accept prefers it', async () => {
    const sent = { body: { ...region, dernierePeriode: true } }
    const { json } = await call('stats-offres-demandes-emploi', '/indicateur/stat-offres', sent)
    assert.equal(json.listeValeursParPeriode.length, 1)
    const xml = await call('stats-offres-demandes-emploi', '/indicateur/stat-offres', {
      ...sent,
      headers: { Accept: 'application/xml' },
    })
    assert.equal(xml.headers.get('content-type'), 'application/xml;charset=UTF-8')
    const { valeurPrincipaleNombre } = json.listeValeursParPeriode[0]
    assert.ok(xml.text.includes(`<valeurPrincipaleNombre>${valeurPrincipaleNombre}</valeurPrincipaleNombre>`))
    assert.ok(xml.text.startsWith('<?xml version="1.0" encoding="UTF-8"?><indicateur>'))
  })

  it('answers 204 without values, 400 to a wrong body', async () => {
    assert.equal(
      (
        await call('stats-offres-demandes-emploi', '/indicateur/stat-offres', {
          body: { ...region, codePeriode: '1999T1' },
        })
      ).status,
      204,
    )
    const wrong = await refused('stats-offres-demandes-emploi', '/indicateur/stat-offres', {
      body: { codeTerritoire: '11' },
    })
    assert.equal(wrong, 'Le champ « codeTypeTerritoire » est obligatoire.')
  })
})

describe('Diagnostic argumenté', () => {
  const id = '52c4159a-4d11-4c41-a248-a23651c4fde16e8%23VMlG-rXWsKF0mp8PZgYJqtbDVbv_csN0Kxmps85MlNA'
  for (const person of [id, 'inconnu'])
    it(`answers 204 for ${person.slice(0, 8)}`, async () => {
      const { status, text, headers } = await call('diagnosticargumente', `/individus/${person}/diagnostics`)
      assert.deepEqual([status, text], [204, ''])
      assert.equal(headers.get('content-type'), 'application/json;charset=UTF-8')
      assert.equal(headers.get('cache-control'), 'no-store')
    })

  it('answers the case of a person who has one', async () => {
    const { operation, params, payload } =
      apiNamed(apis, 'diagnosticargumente').cases?.find(({ status }) => status === 200) ?? {}
    assert.equal(operation, 'listerDiagnostics')
    const { json } = await call(
      'diagnosticargumente',
      `/individus/${encodeURIComponent(String(params?.id))}/diagnostics`,
    )
    assert.deepEqual(json, payload)
  })
})

it('answers a case of the body though the caller sends more', async () => {
  const { status } = await call('romeo', '/predictionMetiers', {
    body: { appellations: [{ intitule: 'a', identifiant: '1' }], options: { nomAppelant: 'panne500', nbResultats: 2 } },
  })
  assert.equal(status, 500)
})
