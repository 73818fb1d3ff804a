import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as openid from 'openid-client'
import { createBrowser } from './browser.js'
import { delegated, franceConnect, proConnect, signInThere } from './national.js'
import { applicationOf, issuerOf, landed, redirectUri, relyingParty } from './people.js'

for (const national of [franceConnect, proConnect])
  test(`/${national.realm} delegated to ${national.name}: settings only, claims mapped by data, sign-out passed on`, async (t) => {
    const { portique, origin, seen } = await delegated(t, national)
    const application = applicationOf(portique, 'private')
    const configuration = await relyingParty(portique, national.realm, application)
    const signIn = async () => {
      const browser = createBrowser(portique.url, origin)
      const pkceCodeVerifier = openid.randomPKCECodeVerifier()
      const nonce = openid.randomNonce()
      const state = openid.randomState()
      const start = openid.buildAuthorizationUrl(configuration, {
        ...{ redirect_uri: redirectUri, scope: national.scope, state, nonce, code_challenge_method: 'S256' },
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      })
      const back = landed(await signInThere(browser, start))
      const checks = { pkceCodeVerifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true }
      return { browser, tokens: await openid.authorizationCodeGrant(configuration, back, checks) }
    }
    const { browser, tokens } = await signIn()
    const { sub = '' } = tokens.claims() ?? {}
    assert.match(sub, /^usr_/, 'our own name for the person, not theirs')
    const shown = await openid.fetchUserInfo(configuration, tokens.access_token, sub)
    for (const [claim, value] of Object.entries(national.read)) assert.equal(shown[claim], value, claim)
    for (const [name, value] of Object.entries(national.asked)) assert.equal(seen[0]?.[name], value, name)
    assert.equal(seen[0]?.code_challenge_method, 'S256')
    assert.ok(seen[0]?.state && seen[0]?.nonce)
    assert.equal((await signIn()).tokens.claims()?.sub, sub, 'the same person the next time')
    const out = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: redirectUri }
    const theirs = await browser.go(openid.buildEndSessionUrl(configuration, out))
    assert.equal(theirs.url.origin, origin, 'the sign-out is passed on')
    const back = await browser.submit(theirs, /\/session\/end\/confirm/, { logout: 'yes' })
    assert.equal(landed(back).href, redirectUri)
  })

test('a sign-in of a lower level than was asked for is none', async (t) => {
  const weak = { ...franceConnect, acr: 'eidas0' }
  const { portique, origin } = await delegated(t, weak)
  const browser = createBrowser(portique.url, origin)
  const url = new URL(`${issuerOf(portique, 'individu')}/authorize`)
  const asked = {
    response_type: 'code',
    client_id: applicationOf(portique, 'private').client_id,
    redirect_uri: redirectUri,
  }
  for (const [name, value] of Object.entries({ ...asked, scope: 'openid', state: 's' }))
    url.searchParams.set(name, value)
  const refused = await signInThere(browser, url)
  assert.deepEqual([refused.status, refused.location], [503, null])
  assert.match((await browser.go(url)).text, /name="persona"/, 'nobody is signed in')
})
