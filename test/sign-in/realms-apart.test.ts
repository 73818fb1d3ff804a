import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import { sharedPortique } from '../start/portique.js'
import { createBrowser } from './browser.js'
import {
  applicationOf,
  everyday,
  issuerOf,
  landed,
  type RealmName,
  redirectUri,
  signedInTokens,
  signIn,
} from './people.js'

const realms = ['partenaire', 'individu', 'employeur', 'agent'] as const
const people = Object.keys(everyday) as RealmName[]
describe('four realms, each apart', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })
  const tokenAt = (realm: string, form: Readonly<Record<string, string>>) => {
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    const body = new URLSearchParams({ client_id, client_secret: client_secret ?? '', ...form })
    return fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2F${realm}`, { method: 'POST', body })
  }

  test('a refresh token is nothing in another realm', async () => {
    for (const realm of people) {
      const { tokens } = await signedInTokens(portique(), realm)
      for (const other of realms.filter((each) => each !== realm)) {
        const refresh = await tokenAt(other, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })
        assert.equal(refresh.status, 400, `${realm} refreshed at ${other}`)
      }
    }
  })

  test('two realms in one browser do not disturb each other', async () => {
    const browser = createBrowser(portique().url)
    const one = await signedInTokens(portique(), 'individu', { browser })
    const two = await signedInTokens(portique(), 'employeur', { browser })
    assert.notEqual(one.tokens.claims()?.sub, two.tokens.claims()?.sub)
    const out = await browser.go(
      `${issuerOf(portique(), 'employeur')}/session/end?id_token_hint=${two.tokens.id_token}`,
    )
    assert.equal(out.status, 200)
    const again = await signedInTokens(portique(), 'individu', { browser })
    assert.equal(again.tokens.claims()?.sub, one.tokens.claims()?.sub)
  })

  test('each has its own keys and issuer, and advertises what it does and nothing else', async () => {
    const kids = new Set<string>()
    for (const realm of realms) {
      const issuer = issuerOf(portique(), realm)
      const documents = []
      for (const at of [
        `${issuer}/.well-known/openid-configuration`,
        `${issuer}/.well-known/oauth-authorization-server`,
        `${portique().url}/.well-known/oauth-authorization-server${new URL(issuer).pathname}`,
        `${portique().url}/connexion/oauth2/.well-known/openid-configuration?realm=/${realm}`,
      ]) {
        documents.push(JSON.parse(await (await fetch(at)).text()))
      }
      const [document] = documents
      for (const other of documents) assert.deepEqual(other, document)
      assert.equal(document.issuer, issuer)
      const signsIn = realm !== 'partenaire'
      assert.deepEqual(document.introspection_endpoint_auth_methods_supported, ['client_secret_post'])
      assert.deepEqual(
        document.revocation_endpoint_auth_methods_supported,
        signsIn ? ['client_secret_post', 'none'] : ['client_secret_post'],
      )
      assert.ok(!JSON.stringify(document.claims_supported ?? []).includes('"sid"'), 'a claim that no ID token has')
      assert.deepEqual(document.response_types_supported, signsIn ? ['code'] : [])
      assert.ok(!JSON.stringify(document).includes('implicit'))
      if (signsIn) {
        assert.deepEqual(document.code_challenge_methods_supported, ['S256'])
        assert.deepEqual(document.response_modes_supported, ['query', 'fragment'])
        assert.equal(document.authorization_response_iss_parameter_supported, true)
      }
      const flows = {
        agent: ['authorization_code', 'refresh_token', 'client_credentials'],
        partenaire: ['client_credentials'],
      }
      assert.deepEqual(
        document.grant_types_supported,
        realm in flows ? flows[realm as keyof typeof flows] : ['authorization_code', 'refresh_token'],
      )
      const keys: { keys: { kid: string; d?: string }[] } = JSON.parse(
        await (await fetch(`${portique().url}/connexion/oauth2/connect/jwk_uri?realm=%2F${realm}`)).text(),
      )
      for (const { kid, d } of keys.keys) {
        assert.equal(d, undefined)
        assert.ok(!kids.has(kid), 'a key of two realms')
        kids.add(kid)
      }
    }
  })

  test('oauth4webapi signs in through a pushed request, in each realm', async () => {
    const insecure = { [oauth.allowInsecureRequests]: true }
    for (const realm of people) {
      const issuer = new URL(issuerOf(portique(), realm))
      const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
      const { client_id, client_secret } = applicationOf(portique(), 'private')
      const client = { client_id }
      const proof = oauth.ClientSecretPost(client_secret ?? '')
      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const parameters = new URLSearchParams({
        response_type: 'code',
        client_id,
        redirect_uri: redirectUri,
        scope: everyday[realm].scope,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      const pushed = await oauth.processPushedAuthorizationResponse(
        server,
        client,
        await oauth.pushedAuthorizationRequest(server, client, proof, parameters, insecure),
      )
      const start = new URL(server.authorization_endpoint ?? '')
      start.searchParams.set('client_id', client_id)
      start.searchParams.set('request_uri', pushed.request_uri)
      const { browser, callback } = await signIn(start, everyday[realm].persona)
      const answered = oauth.validateAuthResponse(server, client, callback, state)
      const tokens = await oauth.processAuthorizationCodeResponse(
        server,
        client,
        await oauth.authorizationCodeGrantRequest(server, client, proof, answered, redirectUri, verifier, insecure),
        { requireIdToken: true },
      )
      const claims = oauth.getValidatedIdTokenClaims(tokens)
      const shown = await oauth.processUserInfoResponse(
        server,
        client,
        claims?.sub ?? '',
        await oauth.userInfoRequest(server, client, tokens.access_token, insecure),
      )
      assert.equal(shown.sub, claims?.sub)
      const seen = await oauth.introspectionRequest(server, client, proof, tokens.access_token, insecure)
      assert.equal((await oauth.processIntrospectionResponse(server, client, seen)).active, true)
      const renewed = await oauth.processRefreshTokenResponse(
        server,
        client,
        await oauth.refreshTokenGrantRequest(server, client, proof, tokens.refresh_token ?? '', insecure),
      )
      assert.notEqual(renewed.refresh_token, tokens.refresh_token)
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, proof, renewed.access_token, insecure),
      )
      const after = await oauth.introspectionRequest(server, client, proof, renewed.access_token, insecure)
      assert.deepEqual(await oauth.processIntrospectionResponse(server, client, after), { active: false })
      const out = new URL(server.end_session_endpoint ?? '')
      out.searchParams.set('id_token_hint', tokens.id_token ?? '')
      out.searchParams.set('post_logout_redirect_uri', redirectUri)
      assert.equal(landed(await browser.go(out)).href, redirectUri)
    }
  })
})
