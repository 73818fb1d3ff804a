import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sharedPortique } from '../start/portique.js'
import { byHost } from './by-host.js'
import { applicationOf, everyday, issuerOf, redirectUri, signedInTokens } from './people.js'

const candidats = 'authentification-candidat.francetravail.fr'
const entreprise = 'entreprise.francetravail.fr'
const agents = 'proxyproconnect.francetravail.net'
const site = 'francetravail.io'

describe('which realm an address means, when the names of the platform lead here', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })
  const own = () => new URL(portique().url).host
  const ask = (host: string, path: string, more: Omit<Parameters<typeof byHost>[2], 'path'> = {}) =>
    byHost(portique().port, host, { path, ...more })

  /** The realm whose sign-in begins there, or the status of the page that says why none does. */
  const realmAt = async (host: string, path: string) => {
    const parameters = new URLSearchParams({
      response_type: 'code',
      client_id: applicationOf(portique(), 'private').client_id,
      redirect_uri: redirectUri,
      scope: 'openid',
      state: 's',
      nonce: 'n',
    })
    const { status, headers } = await ask(host, `${path}${path.includes('?') ? '&' : '?'}${parameters}`)
    // By another name of the platform the browser is sent to our own origin first.
    const begun = new RegExp(`^(?:${portique().url})?/.*/realms/(\\w+)/(?:interaction/|authorize\\?)`)
    return begun.exec(headers.location ?? '')?.[1] ?? status
  }

  test('the authorization endpoint, by every documented form of realm and by host', async () => {
    const at = '/connexion/oauth2/authorize'
    const expected: [host: string, path: string, realm: string | number][] = [
      [candidats, `${at}?realm=%2Findividu`, 'individu'],
      [candidats, `${at}?realm=/individu`, 'individu'],
      [candidats, `${at}?realm=individu`, 'individu'],
      [candidats, at, 'individu'],
      [candidats, `${at}?realm=%2Femployeur`, 400],
      [candidats, `${at}?realm=%2Fagent`, 400],
      [entreprise, `${at}?realm=%2Femployeur`, 'employeur'],
      [entreprise, `${at}?realm=/employeur`, 'employeur'],
      [entreprise, `${at}?realm=employeur`, 'employeur'],
      [entreprise, `${at}?realm=%2Fentreprise`, 'employeur'],
      [entreprise, `${at}?realm=entreprise`, 'employeur'],
      [entreprise, `${at}?realm=%2Fagent`, 'agent'],
      [entreprise, `${at}?realm=%2Findividu`, 400],
      [entreprise, at, 400],
      [agents, at, 'agent'],
      [agents, `${at}?realm=%2Fagent`, 'agent'],
      [agents, `${at}?realm=%2Findividu`, 400],
      [agents, '/connexion/oauth2/agent/authorize', 'agent'],
      [own(), '/connexion/oauth2/agent/authorize', 'agent'],
      [own(), `${at}?realm=%2Findividu`, 'individu'],
      [own(), `${at}?realm=%2Fentreprise`, 'employeur'],
      [own(), at, 400],
      [own(), `${at}?realm=%2Fpartenaire`, 400],
      [own(), `${at}?realm=%2FIndividu`, 400],
      [own(), `${at}?realm=%2F%2Findividu`, 400],
      [own(), `${at}?realm=individu%2F`, 400],
      [own(), `${at}?realm=individu&realm=agent`, 400],
      ['attaquant.example', `${at}?realm=%2Findividu`, 400],
    ]
    for (const [host, path, realm] of expected) assert.equal(await realmAt(host, path), realm, `${host}${path}`)
  })

  test('the token endpoint, in both spellings, and an application of the realm /agent acting for itself', async () => {
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    const form = (scope: string) => ({
      ...{ grant_type: 'client_credentials', client_id, client_secret: client_secret ?? '', scope },
    })
    const ofAgent = 'api_rechercher-usagerv2 rechercheusager'
    const ofPartner = 'api_offresdemploiv2 o2dsoffre'
    const expected: [host: string, query: string, scope: string, status: number, error?: string][] = [
      [agents, '?realm=%2Fagent', ofAgent, 200],
      [agents, '?realm=/agent', ofAgent, 200],
      [agents, '?realm=agent', ofAgent, 200],
      [agents, '', ofAgent, 200],
      [entreprise, '?realm=%2Fagent', ofAgent, 200],
      [own(), '?realm=%2Fagent', ofAgent, 200],
      [entreprise, '?realm=%2Fpartenaire', ofPartner, 200],
      [entreprise, '?realm=partenaire', ofPartner, 200],
      [site, '?realm=%2Fpartenaire', ofPartner, 200],
      [site, '', ofPartner, 200],
      [agents, '?realm=%2Fpartenaire', ofPartner, 400, 'invalid_client'],
      [agents, '', ofPartner, 400, 'invalid_scope'],
      [entreprise, '', ofPartner, 400, 'invalid_client'],
      [own(), '', ofPartner, 400, 'invalid_client'],
      [own(), '?realm=%2Finconnu', ofPartner, 400, 'invalid_client'],
    ]
    for (const spelling of ['access_token', 'acces_token'])
      for (const [host, query, scope, status, error] of expected) {
        const answer = await ask(host, `/connexion/oauth2/${spelling}${query}`, { form: form(scope) })
        const body: { error?: string } = JSON.parse(answer.body)
        assert.deepEqual([answer.status, body.error], [status, error], `${spelling} ${host}${query}: ${answer.body}`)
      }
    const inBody = await ask(own(), '/connexion/oauth2/access_token', {
      form: { ...form(ofPartner), realm: '/partenaire' },
    })
    assert.equal(inBody.status, 400, 'the realm stands in the address, not in the body')
  })

  test('signing out, posted where the agents’ application is told to', async () => {
    const { browser, tokens } = await signedInTokens(portique(), 'agent')
    const cookies = ['session', 'session.sig'].map((name) => [
      `france-travail.agent.${name}`,
      browser.cookies.get(`france-travail.agent.${name}`),
    ])
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ')
    const form = { id_token_hint: tokens.id_token ?? '', redirect_uri: redirectUri }
    const answer = await ask(own(), '/connexion/oauth2/deconnexion', { form, cookie })
    assert.deepEqual([answer.status, answer.headers.location], [303, redirectUri])
    const gone = await fetch(`${portique().url}/connexion/oauth2/userinfo?realm=%2Fagent`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(gone.status, 401)
  })

  test('discovery in each form and by host; the issuer never follows the Host', async () => {
    const hosts = { individu: candidats, employeur: null, agent: agents }
    for (const realm of Object.keys(everyday) as (keyof typeof hosts)[]) {
      const issuer = issuerOf(portique(), realm)
      const path = new URL(issuer).pathname
      const host = hosts[realm]
      const forms: [host: string, path: string][] = [
        [own(), `${path}/.well-known/openid-configuration`],
        [own(), `${path}/.well-known/oauth-authorization-server`],
        [own(), `/.well-known/oauth-authorization-server${path}`],
        [own(), `/connexion/oauth2/.well-known/openid-configuration?realm=/${realm}`],
        [own(), `/connexion/oauth2/.well-known/openid-configuration?realm=${realm}`],
        [entreprise, `/connexion/oauth2/realms/root/realms/${realm}/.well-known/openid-configuration`],
        ...(host === null || host === candidats
          ? []
          : [[host, '/connexion/oauth2/.well-known/openid-configuration'] as [string, string]]),
      ]
      for (const [at, form] of forms) {
        const answer = await ask(at, form)
        assert.equal(answer.status, 200, `${at}${form}`)
        const document: Record<string, unknown> = JSON.parse(answer.body)
        assert.equal(document.issuer, issuer)
        for (const [name, value] of Object.entries(document))
          if (name.endsWith('_endpoint') || name === 'jwks_uri')
            assert.ok(String(value).startsWith(`${issuer}/`), `${name}: ${value}`)
      }
    }
    const unknown = await ask(own(), '/connexion/oauth2/.well-known/openid-configuration?realm=/inconnu')
    assert.equal(unknown.status, 400)
  })
})
