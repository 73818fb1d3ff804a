import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { control, newApplication } from '../start/control.js'
import { writeLieux } from '../start/lieux.js'
import { createPlace, type Place, storeKinds } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { askToken, bearer, tokenPaths } from '../start/tokens.js'
import { exampleUpstream } from '../start/upstream.js'
import { callWith, newToken } from '../tokens/token-story.js'
import { assertNowhere, everythingWritten } from './written.js'

/** A citizen who exists nowhere, sent in every place where a caller can put words. */
const citizen = ['Zéphyrine-Canari', '2990199999999', 'canari.zephyrine@exemple.fr']
/** As the parameters of API Particulier take a person. */
const person = ['CANARI-ZÉPHYRIN', 'Zéphirina', '990000001ZZ', 'zephirina.canari', '76543210987']

for (const kind of storeKinds)
  describe(`secrets and persons after a run, on the ${kind.name}`, () => {
    const upstream = exampleUpstream((request, response) => {
      request.resume()
      response.writeHead(request.url?.includes('faute') ? 500 : 200, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ nom: citizen[0], nir: citizen[1] }))
    })

    test('none is in a log, the access log, the metrics, or the store', async (t) => {
      const place = await createPlace(kind)
      t.after(() => place.drop())
      const accessLog = join(place.folder, 'access.log')
      const portique = await startPortique(place, { PORTIQUE_LOG_LEVEL: 'debug', PORTIQUE_ACCESS_LOG: accessLog })
      t.after(() => portique.end('SIGKILL'))
      const published = await runCommand(place, [
        ...['publish', writeLieux(place.folder), '--platform', 'demo', '--upstream', upstream.url()],
      ])
      assert.equal(published.code, 0, published.stderr)
      const { client_id, client_secret, token } = await newApplication(portique, 'C', 'demo/lieux/1', 'api_lieuxv1')
      const rotated = await runCommand(place, ['application', 'rotate', client_id])
      const newer = /client_secret +(\S+)/.exec(rotated.stdout)?.[1] ?? ''
      const stranger = `etranger${'x'.repeat(35)}`
      await use(portique, { client_id, client_secret, token, stranger })
      const kept = await useParticulier(portique)
      const metrics = await (await fetch(`${portique.url}/metrics`)).text()
      assert.deepEqual(await portique.end('SIGTERM'), { code: 0, signal: null })

      const secrets = [client_secret, newer, token, stranger, kept, portique.dev.control_token, keyOf(place)]
      for (const secret of secrets) assert.ok(secret.length >= 32, 'a canary that is too short finds itself anywhere')
      const written = await everythingWritten(portique, kind, metrics)
      assert.match(readFileSync(accessLog, 'utf8'), /"api":"demo\/lieux\/1"/, 'there was something to look through')
      const knowing = written.filter(([, bytes]) => bytes.includes(client_id)).map(([name]) => name)
      assert.ok(
        knowing.some((name) => name === 'portique.sqlite' || name === 'PostgreSQL'),
        knowing.join(),
      )
      const evidence = await place.rows('select person, fields from evidence where person is not null')
      assert.ok(evidence.length >= 8, 'whose data were called for is on record, as a hash')
      assertNowhere(written, [...secrets, ...citizen, ...person])
    })
  })

interface Caller {
  readonly client_id: string
  readonly client_secret: string
  readonly token: string
  readonly stranger: string
}

/** Good calls and bad ones, with secrets and persons where they belong and where they do not. */
async function use(portique: Portique, { client_id, client_secret, token, stranger }: Caller): Promise<void> {
  const { url, port } = portique
  const words = citizen.map(encodeURIComponent)
  const query = `nom=${words[0]}&nir=${words[1]}&courriel=${words[2]}`
  const lieux = `${url}/demo/lieux/v1/lieux`
  const headers = { ...bearer(token), 'x-nom': words.join(' '), cookie: `nom=${words[0]}` }
  const calls: readonly (readonly [string, RequestInit?])[] = [
    [`${lieux}?${query}`, { headers }],
    [`${lieux}?${query}&faute=1`, { headers }],
    [lieux, { method: 'POST', headers, body: JSON.stringify(citizen) }],
    [`${lieux}/${words[0]}?${query}`, { headers }],
    [`${url}/demo/${words[0]}/v1/${words[1]}`, { headers }],
    [`${url}/partenaire/offresdemploi/v2/offres/search?motsCles=${words[0]}&access_token=${token}`],
    [`${lieux}?access_token=${token}`],
    [lieux, { headers: bearer(stranger) }],
    [lieux, { headers: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` } }],
    [`${url}/fr/${words[0]}?jeton=${token}`],
    [`${url}/control/applications/${words[0]}`, { headers: bearer(portique.dev.control_token) }],
    [`${url}/control/applications`, { headers: bearer(stranger) }],
    [`${url}${tokenPaths.demo}?client_secret=${client_secret}`, { method: 'POST' }],
    [
      `${url}/dev/clock`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ nom: citizen[0], secret: client_secret }),
      },
    ],
  ]
  for (const [address, init] of calls) await (await fetch(address, init)).text()
  for (const secret of [client_secret, `${client_secret} `, stranger])
    await (await askToken(url + tokenPaths.demo, { client_id, client_secret: secret }, 'api_lieuxv1')).text()
  const scope = `api_lieuxv1 ${citizen[1]}`
  await (await askToken(url + tokenPaths.demo, { client_id, client_secret }, scope)).text()
  await (await askToken(url + tokenPaths.demo, { client_id: stranger, client_secret: stranger }, scope)).text()
  const withToken = `Authorization: Bearer ${token}`
  await sendRaw(port, head(`GET /demo/lieux/v1/../${words[0]} HTTP/1.1`, 'Host: localhost', withToken))
  await sendRaw(port, head('GET /fr HTTP/1.1', `Host: ${client_id}.example`, withToken, withToken))
  await sendRaw(port, head(`GET /${words[0]} HTTP/1.1`, 'Host: localhost', `X-Bad: \0${token}`))
}

/** Calls about the person in every mode, admitted and refused; resolves to the long-lived token that made them. */
async function useParticulier(portique: Portique): Promise<string> {
  const { token } = await newToken(portique, {
    title: 'Canari',
    rights: ['sphere-educative'],
    scopes: ['cnaf_quotient_familial', 'mesri_identite', 'pole_emploi_identite', 'pole_emploi_paiements'],
  })
  const [name = '', given = '', ine = '', identifiant = '', allocataire = ''] = person.map(encodeURIComponent)
  const born =
    'anneeDateNaissance=1976&moisDateNaissance=3&jourDateNaissance=12&sexeEtatCivil=F&codeCogInseePaysNaissance=99100'
  const who = `nomNaissance=${name}&prenoms%5B%5D=${given}&${born}`
  const targets = [
    `/v3/dss/quotient_familial/identite?recipient=13002526500013&${who}`,
    `/v3/dss/quotient_familial/identite?recipient=${identifiant}&${who}`,
    `/v3/dss/quotient_familial/identite?recipient=13002526500013&${who}&inconnu=${name}`,
    `/v3/dss/quotient_familial/identite?recipient=13002526500013&${who}&${who}`,
    `/v3/dss/quotient_familial/identite?recipient=13002526500013&nomNaissance=${name}%00`,
    `/v9/dss/quotient_familial/identite?recipient=13002526500013&${who}`,
    `/v3/mesri/statut_etudiant/identite?recipient=13002526500013&${who}`,
    `/v3/mesri/statut_etudiant/ine?recipient=13002526500013&ine=${ine}`,
    `/v3/france_travail/statut/identifiant?recipient=13002526500013&identifiant=${identifiant}`,
    `/v3/men/scolarites/identite?recipient=13002526500013&${who}`,
    `/api/v2/composition-familiale?numeroAllocataire=${allocataire}&codePostal=75001`,
    `/api/v2/etudiants?nom=${name}&prenom=${given}&dateDeNaissance=2000-01-01&sexe=F`,
    `/api/v2/paiements-pole-emploi?identifiant=${identifiant}`,
    `/api/v2/${name}?nom=${given}`,
    `/v3/${name}/${given}?ine=${ine}`,
  ]
  for (const target of targets) {
    await callWith(portique, token, { target })
    await callWith(portique, null, { target: `${target}&token=${token}`, headers: { 'x-nom': name } })
    await callWith(portique, `${token}x`, { target })
  }
  const identity = { nomNaissance: person[0], 'prenoms[]': [person[1]] }
  await control(portique, 'POST', '/evidence/person', { values: identity })
  await control(portique, 'POST', '/evidence/person', { values: { [person[0] ?? '']: person[1] } })
  await control(portique, 'POST', '/tokens', { applicationId: person[0], title: person[1] })
  return token
}

const keyOf = ({ folder }: Place) => readFileSync(join(folder, 'secret.key'), 'utf8').trim()
