import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as openid from 'openid-client'
import type { Portique } from '../start/portique.js'
import { sharedPortique } from '../start/portique.js'
import { createBrowser } from './browser.js'
import { delegated, franceConnect, signInThere } from './national.js'
import { applicationOf, call, landed, type RealmName, redirectUri, relyingParty, signedInTokens } from './people.js'

const paths = { individu: 'peconnect-individu', employeur: 'peconnect-entreprise' } as const
const userinfo = async (portique: Portique, realm: keyof typeof paths, token: string) => {
  const answer = await call(portique, `/partenaire/${paths[realm]}/v1/userinfo?realm=/${realm}&schema=openid`, token)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8')
  return (await answer.json()) as Readonly<Record<string, unknown>>
}

describe('the userinfo addresses of the platform, for test people', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })
  const read = async (realm: keyof typeof paths, persona: string, scope: string) => {
    const { tokens } = await signedInTokens(portique(), realm as RealmName, { persona, scope })
    return { sub: tokens.claims()?.sub, shown: await userinfo(portique(), realm, tokens.access_token) }
  }
  const candidate = 'openid api_peconnect-individuv1'

  test('what the scopes show, and nothing else', async () => {
    const bare = await read('individu', 'angela-martin', candidate)
    assert.deepEqual(bare.shown, { sub: bare.sub })
    const mail = await read('individu', 'angela-martin', `${candidate} email`)
    assert.deepEqual(mail.shown, { sub: mail.sub, email: 'angela.martin@exemple.fr' })
    const { sub, shown } = await read('individu', 'angela-martin', `${candidate} profile email`)
    const names = { given_name: 'Angela', family_name: 'MARTIN', gender: 'female', updated_at: 0 }
    assert.deepEqual(shown, { sub, ...names, idIdentiteExterne: sub, email: 'angela.martin@exemple.fr' })
  })

  test('no e-mail where none is validated; an answer although the person’s provider is down', async () => {
    assert.equal('email' in (await read('individu', 'nadia-roussel', `${candidate} profile email`)).shown, false)
    assert.equal((await read('individu', 'claire-perrin', `${candidate} profile`)).shown.given_name, 'Claire')
  })

  test('the habilitation of a recruiter, to whom may see it', async () => {
    const recruiter = 'openid api_peconnect-entreprisev1'
    const told = async (persona: string, more: string) =>
      (await read('employeur', persona, `${recruiter} ${more}`)).shown.habilitation
    assert.equal(await told('helene-marchand', 'habilitation'), 'recruteurcertifie')
    assert.equal(await told('helene-marchand', 'profile'), undefined)
    assert.equal(await told('marc-tessier', 'habilitation'), undefined)
  })
})

test('who signed in at a provider elsewhere is answered as anybody, and is one person under both names', async (t) => {
  const { portique, origin } = await delegated(t, franceConnect)
  const configuration = await relyingParty(portique, 'individu', applicationOf(portique, 'private'))
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const start = openid.buildAuthorizationUrl(configuration, {
    ...{ redirect_uri: redirectUri, scope: franceConnect.scope, code_challenge_method: 'S256' },
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
  })
  const back = landed(await signInThere(createBrowser(portique.url, origin), start))
  const tokens = await openid.authorizationCodeGrant(configuration, back, { pkceCodeVerifier })
  const { sub = '', idIdentiteExterne }: Readonly<Record<string, unknown>> & { sub?: string } = tokens.claims() ?? {}
  assert.equal(idIdentiteExterne, sub, 'in the ID token')
  const ours = await userinfo(portique, 'individu', tokens.access_token)
  assert.deepEqual(ours, { ...franceConnect.read, sub, idIdentiteExterne: sub })
  assert.deepEqual(await openid.fetchUserInfo(configuration, tokens.access_token, sub), ours)
})
