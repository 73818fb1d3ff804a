import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { loadPlatform } from '#contract'
import { copyAdapted, isAdapted, writeSecrets } from '../../src/cli/parity/adapted-copy.js'
import { createPlace, storeKinds } from '../start/place.js'
import { startPortique } from '../start/portique.js'
import { exampleUpstream } from '../start/upstream.js'
import { callWith, newTenant, newToken } from '../tokens/token-story.js'
import { assertNowhere, everythingWritten } from './written.js'

/** A person who exists nowhere, as she is sent and as adapters write her. */
const [name, given, ine, identifiant, allocataire] = [
  ...['CANARI-ZÉPHYRIN', 'Zéphirina', '990000001ZZ', 'zephirina.canari', '76543210987'],
] as const
const words = [
  name,
  given,
  ine,
  identifiant,
  allocataire,
  'CANARI-ZEPHYRIN',
  'ZÉPHIRINA',
  'ZEPHIRINA',
  'nir-canari-299',
]

const recipient = 'recipient=13002526500013'
const born = 'anneeDateNaissance=2001&moisDateNaissance=3&jourDateNaissance=12&sexeEtatCivil=F'
const country = 'codeCogInseePaysNaissance=99100'
const who = `${recipient}&nomNaissance=${encodeURIComponent(name)}&prenoms%5B%5D=${encodeURIComponent(given)}&${born}`
const old = `nomNaissance=${encodeURIComponent(name)}&prenoms%5B%5D=${encodeURIComponent(given)}&anneeDateDeNaissance=2001&sexe=F&codePaysLieuDeNaissance=99100`
const student = `nom=${encodeURIComponent(name)}&dateDeNaissance=2001-03-12&sexe=F`
const school = 'anneeScolaire=2026&codeEtablissement=0690026D'

/** A call of every adapted version, in each mode but FranceConnect's. */
const targets = [
  ...['quotient_familial', 'revenu_solidarite_active', 'complementaire_sante_solidaire'].map(
    (code) => `/v3/dss/${code}/identite?${who}&${country}`,
  ),
  `/v3/mesri/statut_etudiant/identite?${who}`,
  `/v3/mesri/statut_etudiant/ine?${recipient}&ine=${ine}`,
  ...[3, 4, 5].flatMap((version) => [
    `/v${version}/cnous/etudiant_boursier/identite?${who}`,
    `/v${version}/cnous/etudiant_boursier/ine?${recipient}&ine=${ine}`,
    `/v${version}/men/scolarites/identite?${who}&${school}`,
  ]),
  ...['statut', 'indemnites'].map(
    (code) => `/v3/france_travail/${code}/identifiant?${recipient}&identifiant=${identifiant}`,
  ),
  ...['composition-familiale-v2', 'revenu-solidarite-active', 'complementaire-sante-solidaire'].map(
    (code) => `/api/v2/${code}?${old}`,
  ),
  ...['situations', 'paiements'].map((code) => `/api/v2/${code}-pole-emploi?identifiant=${identifiant}`),
  `/api/v2/composition-familiale?numeroAllocataire=${allocataire}&codePostal=75001`,
  `/api/v2/etudiants?${student}&prenom=${encodeURIComponent(given)}`,
  `/api/v2/etudiants-boursiers?${student}&prenoms=${encodeURIComponent(given)}`,
  `/api/v2/scolarites?nom=${encodeURIComponent(name)}&prenom=${encodeURIComponent(given)}&sexe=F&dateNaissance=2012-03-12&${school}`,
]

for (const kind of storeKinds)
  describe(`persons whom providers are asked for, on the ${kind.name}`, () => {
    let turn = 0
    let calls = 0
    // It says again whatever it hears, in every way in which it can go wrong.
    const provider = exampleUpstream((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece) => pieces.push(piece))
      request.on('end', () => {
        if (request.url === '/token') {
          response.writeHead(200, { 'Content-Type': 'application/json' })
          response.end('{"access_token":"t","token_type":"Bearer","expires_in":600}')
          return
        }
        const heard = `${decodeURIComponent(request.url ?? '')} ${Buffer.concat(pieces)} nir-canari-299`
        const body = JSON.stringify({ heard, [name]: heard, eleve: heard, dossier: [heard], droit: { ouvert: heard } })
        const ways = [
          [200, body],
          [500, body],
          [404, body],
          [200, body.slice(1)],
          [422, body],
          [503, body],
        ] as const
        const [status, said] = ways[(calls + turn) % ways.length] ?? [500, body]
        calls += 1
        response.writeHead(status, { 'X-Heard': encodeURIComponent(heard), 'Content-Type': 'application/json' })
        response.end(said)
      })
    })

    test('are in no log, no access log, no metric and no row, whatever providers say', async (t) => {
      const place = await createPlace(kind)
      t.after(() => place.drop())
      const { platform } = await loadPlatform('platforms/api-particulier')
      assert.ok(platform)
      const folder = join(place.folder, 'platforms')
      const secrets = join(place.folder, 'secrets.json')
      await copyAdapted(platform, { folder, addressOf: () => provider.url(), tokenUrl: `${provider.url()}/token` })
      await writeSecrets(platform.apis, secrets)
      const accessLog = join(place.folder, 'access.log')
      const portique = await startPortique(place, {
        ...{ PORTIQUE_PLATFORMS: folder, PORTIQUE_PROVIDER_SECRETS: secrets },
        ...{ PORTIQUE_LOG_LEVEL: 'debug', PORTIQUE_ACCESS_LOG: accessLog },
      })
      t.after(() => portique.end('SIGKILL'))
      const scopes = [...new Set(platform.apis.flatMap(({ dataScopes }) => dataScopes ?? []))]
      const applicationId = await newTenant(portique)
      const asked = new Set<string>()
      for (turn = 0; turn < 6; turn += 1) {
        // Twenty calls a second for a token.
        for (const [index, target] of targets.entries()) {
          const { token } = await newTokenAt(index)
          const told = await callWith(portique, token, { target })
          assert.ok(![401, 403, 429].includes(told.status), `${target}: ${told.text}`)
          for (const word of words) assert.ok(!told.text.includes(word), `${target} tells ${word}`)
        }
      }
      for (const line of provider.seen) asked.add(line.replace(/[?].*/, ''))
      const metrics = await (await fetch(`${portique.url}/metrics`)).text()
      assert.deepEqual(await portique.end('SIGTERM'), { code: 0, signal: null })

      const seen = readFileSync(accessLog, 'utf8')
      for (const { id } of platform.apis.filter(isAdapted)) assert.ok(seen.includes(`"api":"${id}"`), `${id} was asked`)
      assert.match(portique.stderr(), /gateway\/provider-answer/)
      assert.ok(asked.size > 8, [...asked].join())
      assertNowhere(await everythingWritten(portique, kind, metrics), [...words, 'of-the-double'])

      async function newTokenAt(index: number) {
        if (index % 15 === 0)
          current = await newToken(portique, { applicationId, scopes, rights: ['sphere-educative'] })
        return current ?? assert.fail()
      }
    })
    let current: Awaited<ReturnType<typeof newToken>> | undefined
  })
