import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import * as openid from 'openid-client'
import { hostileStrings } from '../pages/hostile-strings.js'
import { sharedPortique } from '../start/portique.js'
import { authorizeUrl, scope } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, issuerOf, landed, redirectUri, signedInTokens, signIn } from './people.js'

/** Neither ASCII nor simple, and what a hasty hand would trim, fold or decode once more. */
const naughty = [
  ...hostileStrings.filter((text) => text.isWellFormed() && !text.includes('\u0000') && text !== ''),
  ...[
    '0',
    'null',
    'NaN',
    'true',
    '-1',
    '1e9',
    '%00',
    '%2500',
    '%',
    '%zz',
    '+',
    ' + ',
    'a+b',
    'a%20b',
    'a%2Bb',
    '&x=1',
    ';',
    '#x',
    '?',
  ],
  ...['\t', '\n', '\r\n', 'a\r\nLocation: https://x.example', '\u00a0', '\u2028\u2029', '\u200b', '\ufeff', '\u0085'],
  ...[
    'é',
    'e\u0301',
    'ﬁ',
    'İı',
    '漢字',
    '🏳️‍🌈',
    '\u{10ffff}',
    "'; drop table oidc_artifact;--",
    '../../etc/passwd',
    '{"a":1}',
  ],
  ...['==', 'a=b', '"', '\\', '\\\\', '`', '$(id)', 'x'.repeat(2000)],
]

describe('OpenID Connect, as its statements have it', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })
  const signedIn = async (persona = 'angela-martin') => {
    const browser = createBrowser(portique().url)
    await signIn(authorizeUrl(portique()), persona, browser)
    return browser
  }
  const again = async (browser: ReturnType<typeof createBrowser>, parameters: Readonly<Record<string, string>>) =>
    await browser.go(authorizeUrl(portique(), parameters))

  test('A8: state comes back byte for byte, whatever it is', async () => {
    const browser = await signedIn()
    for (const state of naughty) {
      const back = landed(await again(browser, { state }))
      assert.equal(back.searchParams.get('state'), state)
      assert.ok(back.searchParams.get('code'), JSON.stringify(state))
      const refused = landed(await again(browser, { state, response_type: 'token' }))
      assert.equal(new URLSearchParams(refused.hash.slice(1)).get('state'), state)
    }
  })

  test('D1: the ID token says by whom, for whom, about whom and when, and keeps the nonce byte for byte', async () => {
    const browser = await signedIn()
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    const issuer = issuerOf(portique(), 'individu')
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
    for (const nonce of ['plain', 'é漢 "+%20', 'n'.repeat(500)]) {
      const code = landed(await again(browser, { nonce })).searchParams.get('code') ?? ''
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
      const body = new URLSearchParams({ ...form, client_id, client_secret: client_secret ?? '' })
      const answer = await fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2Findividu`, {
        method: 'POST',
        body,
      })
      const given: { id_token: string; nonce: string } = JSON.parse(await answer.text())
      const { payload, protectedHeader } = await jwtVerify(given.id_token, keys, { issuer, audience: client_id })
      assert.deepEqual([payload.nonce, given.nonce], [nonce, nonce])
      assert.equal(protectedHeader.alg, 'RS256')
      assert.ok((payload.sub ?? '').length > 0 && (payload.sub ?? '').length <= 255)
      assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 9000)
    }
  })

  test('C4: a posted credential is answered with 303, which no browser repeats with its body', async () => {
    // It follows nothing, so that each answer is seen.
    const browser = createBrowser()
    const first = await browser.go(authorizeUrl(portique()))
    const shown = await browser.go(first.location ?? '')
    const here = /action="([^"]*\/persona)"/.exec(shown.text)?.[1] ?? ''
    const csrf = /name="csrf" value="([^"]*)"/.exec(shown.text)?.[1] ?? ''
    const posted = await browser.post(new URL(here, portique().url), { persona: 'mei-nguyen', csrf })
    assert.equal(posted.status, 303)
    const resumed = await browser.go(posted.location ?? '')
    const asked = await browser.go(resumed.location ?? '')
    const decision = /action="([^"]*\/decision)"/.exec(asked.text)?.[1]
    assert.ok(decision)
    const agreed = await browser.post(new URL(decision, portique().url), {
      decision: 'accept',
      csrf: /name="csrf" value="([^"]*)"/.exec(asked.text)?.[1] ?? '',
    })
    assert.equal(agreed.status, 303)
  })

  test('C7: a person is never called as an application is', async () => {
    const { tokens, application } = await signedInTokens(portique(), 'individu')
    assert.notEqual(tokens.claims()?.sub, application.client_id)
    assert.ok(portique().dev.personas.every(({ sub }) => !/^(cli_|PAR_)/.test(sub)))
  })

  test('D2: prompt=none tells what is missing', async () => {
    const fresh = createBrowser(portique().url)
    const error = async (browser: typeof fresh, more: Readonly<Record<string, string>> = {}) =>
      landed(await again(browser, { prompt: 'none', ...more })).searchParams.get('error')
    assert.equal(await error(fresh), 'login_required')
    const browser = await signedIn('lucie-fontaine')
    assert.equal(await error(browser), null)
    const more = `${scope} api_peconnect-statutv1 statut`
    assert.equal(await error(browser, { scope: more }), 'consent_required')
  })

  test('D2: prompt=login and max_age ask again who it is, and say when that was', async () => {
    const browser = await signedIn()
    const authTime = async (parameters: Readonly<Record<string, string>>) => {
      const page = await again(browser, { claims: '{"id_token":{"auth_time":null}}', ...parameters })
      const asked = /name="persona"/.test(page.text)
      const back = asked ? await browser.submit(page, /\/persona$/, { persona: 'angela-martin' }) : page
      const { client_id, client_secret } = applicationOf(portique(), 'private')
      const form = {
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
        client_id,
        client_secret: client_secret ?? '',
      }
      const code = landed(back).searchParams.get('code') ?? ''
      const answer = await fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2Findividu`, {
        method: 'POST',
        body: new URLSearchParams({ ...form, code }),
      })
      const { id_token }: { id_token: string } = JSON.parse(await answer.text())
      return { asked, at: decodeJwt(id_token).auth_time as number | undefined }
    }
    const first = await authTime({ max_age: '3600' })
    assert.equal(first.asked, false)
    assert.ok(first.at)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const forced = await authTime({ prompt: 'login', max_age: '3600' })
    assert.equal(forced.asked, true)
    assert.ok((forced.at ?? 0) > first.at, 'the new sign-in has its own time')
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const aged = await authTime({ max_age: '0' })
    assert.equal(aged.asked, true)
    assert.ok((aged.at ?? 0) > (forced.at ?? 0))
  })

  test('D3: another person’s ID token is no hint of this one; wishes and unknown parameters never fail', async () => {
    const { tokens } = await signedInTokens(portique(), 'individu', { persona: 'karim-belkacem' })
    const browser = await signedIn()
    const hinted = await again(browser, { prompt: 'none', id_token_hint: tokens.id_token ?? '' })
    assert.equal(landed(hinted).searchParams.get('error'), 'login_required')
    for (const wish of [
      { ui_locales: 'xx-YY fr' },
      { claims_locales: 'de' },
      { acr_values: 'urn:of:nobody' },
      { display: 'touch' },
      { login_hint: 'somebody@exemple.fr' },
      { schema: 'openid' },
      { unknown_parameter: 'x' },
    ] as Record<string, string>[])
      assert.ok(landed(await again(browser, wish)).searchParams.get('code'), JSON.stringify(wish))
  })

  test('D4: userinfo by GET and POST tells of the same person, what its scopes show and no more', async () => {
    const all = await signedInTokens(portique(), 'individu')
    const url = all.configuration.serverMetadata().userinfo_endpoint ?? ''
    const shown = async (token: string, method: 'GET' | 'POST') => {
      const answer = await fetch(url, { method, headers: { authorization: `Bearer ${token}` } })
      assert.equal(answer.status, 200, method)
      return JSON.parse(await answer.text()) as Record<string, unknown>
    }
    const got = await shown(all.tokens.access_token, 'GET')
    assert.deepEqual(await shown(all.tokens.access_token, 'POST'), got)
    assert.equal(got.sub, all.tokens.claims()?.sub)
    assert.equal(got.email, 'angela.martin@exemple.fr')
    const less = await signedInTokens(portique(), 'individu', { scope: 'openid api_peconnect-individuv1' })
    const bare = await shown(less.tokens.access_token, 'GET')
    assert.equal(bare.sub, got.sub)
    for (const claim of ['email', 'given_name', 'family_name', 'gender']) assert.equal(bare[claim], undefined, claim)
    for (const wrong of ['', 'Bearer x', `Basic ${all.tokens.access_token}`]) {
      const answer = await fetch(url, { headers: { authorization: wrong } })
      assert.equal(answer.status, wrong.startsWith('Basic') ? 400 : 401, wrong.slice(0, 8))
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/)
    }
    assert.equal((await fetch(`${url}?access_token=${all.tokens.access_token}`)).status, 400, 'a token in the address')
  })

  test('A7: a refresh may ask for less, never for more', async () => {
    const { tokens, configuration } = await signedInTokens(portique(), 'individu', { scope })
    const renew = (more: string) => openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '', { scope: more })
    await assert.rejects(renew(`${scope} statut`), { error: 'invalid_scope' })
    const less = await renew('openid api_peconnect-coordonneesv1')
    assert.equal(less.scope, 'openid api_peconnect-coordonneesv1')
  })
})
