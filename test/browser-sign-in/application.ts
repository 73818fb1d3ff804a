import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { RealmName } from '../sign-in/people.js'
import { control } from '../start/control.js'
import type { Portique } from '../start/portique.js'

/** A web application as an integrator runs one: a server of its own, at an origin of its own. */
export interface Application {
  readonly origin: string
  readonly clientId: string
  /** Addresses at which people came back, in order, and those that anybody else sent them to. */
  readonly visits: readonly URL[]
  /** Where it sends people to sign in. */
  start(realm: RealmName, parameters?: Readonly<Record<string, string>>): string
  /** The last answer that came back, for the state that was sent. */
  answer(): URLSearchParams
  /** Redeems the code of the last answer, as its server would. */
  redeem(realm: RealmName): Promise<Tokens>
  refresh(realm: RealmName, refreshToken: string): Promise<Response>
  close(): void
}

const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  id_token: z.string(),
  scope: z.string(),
})
export type Tokens = z.infer<typeof tokens>

/** What it reads, by realm. */
export const wishes = {
  individu: {
    persona: 'Angela Martin',
    api: 'peconnect-coordonnees/1',
    scope: 'openid profile email api_peconnect-individuv1 api_peconnect-coordonneesv1 coordonnees',
  },
  employeur: {
    persona: 'Hélène Marchand',
    api: 'peconnect-entreprise/1',
    scope: 'openid profile email habilitation api_peconnect-entreprisev1',
  },
  agent: {
    persona: 'Julie Caron',
    api: 'rechercher-usager/2',
    scope: 'openid profile email api_rechercher-usagerv2 rechercheusager profil_accedant',
  },
} as const satisfies Record<RealmName, { persona: string; api: string; scope: string }>

export const purpose = 'Préparer votre rendez-vous sans vous redemander ces pièces.'

const made = z.object({ application: z.object({ id: z.string() }), secret: z.object({ value: z.string() }) })

/** Registers the application with everything that `wishes` names, and opens its server; its callback goes on to `home`, if there is one. */
export async function openApplication(portique: Portique, name: string, home?: string): Promise<Application> {
  const visits: URL[] = []
  const server = createServer((request, response) => {
    if (request.url !== '/favicon.ico') visits.push(new URL(request.url ?? '/', 'http://application'))
    if (home !== undefined) return void response.writeHead(302, { Location: home }).end()
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><html lang="fr"><title>${name}</title><h1>${name}</h1>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const redirect_uri = `${origin}/callback`
  const wanted = { platform: 'france-travail', name, purpose, redirectUris: [redirect_uri] }
  const { application, secret } = made.parse((await control(portique, 'POST', '/applications', wanted)).json)
  for (const api of [...Object.values(wishes).map((wish) => wish.api), 'peconnect-individu/1', 'peconnect-statut/1']) {
    const { status } = await control(portique, 'POST', `/applications/${application.id}/subscriptions`, { api })
    assert.equal(status, 201, api)
  }
  const token = (realm: RealmName, form: Readonly<Record<string, string>>) =>
    fetch(`${portique.url}/connexion/oauth2/access_token?realm=%2F${realm}`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_id: application.id, client_secret: secret.value }),
    })
  const answer = () => visits.at(-1)?.searchParams ?? new URLSearchParams()

  return {
    origin,
    clientId: application.id,
    visits,
    answer,
    start(realm, parameters = {}) {
      const path = realm === 'agent' ? '/connexion/oauth2/agent/authorize' : '/connexion/oauth2/authorize'
      const url = new URL(path, portique.url)
      if (realm !== 'agent') url.searchParams.set('realm', `/${realm}`)
      const usual = { response_type: 'code', client_id: application.id, redirect_uri, scope: wishes[realm].scope }
      const sent = { ...usual, state: 'un état', nonce: 'n-0S6_WzA2Mj', ...parameters }
      for (const [key, value] of Object.entries(sent)) url.searchParams.set(key, value)
      return url.href
    },
    async redeem(realm) {
      const given = await token(realm, {
        grant_type: 'authorization_code',
        code: answer().get('code') ?? '',
        redirect_uri,
      })
      return tokens.parse(await given.json())
    },
    refresh: (realm, refresh_token) => token(realm, { grant_type: 'refresh_token', refresh_token }),
    close: () => server.close().closeAllConnections(),
  }
}

/** A call for the person's data through the gateway. */
export const read = ({ url }: Portique, realm: RealmName, accessToken: string): Promise<Response> => {
  const headers = { authorization: `Bearer ${accessToken}` }
  if (realm === 'individu') return fetch(`${url}/partenaire/peconnect-coordonnees/v1/coordonnees`, { headers })
  if (realm === 'employeur') return fetch(`${url}/partenaire/peconnect-entreprise/v1/userinfo`, { headers })
  return fetch(`${url}/partenaire/rechercher-usager/v2/usagers/par-numero-francetravail`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      'pa-identifiant-agent': 'ACAR1234',
      'pa-nom-agent': 'Caron',
      'pa-prenom-agent': 'Julie',
    },
    body: JSON.stringify({ numeroFranceTravail: '99000000001' }),
  })
}
