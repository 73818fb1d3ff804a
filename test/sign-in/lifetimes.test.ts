import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as openid from 'openid-client'
import { ownPortique } from '../start/portique.js'
import { authorizeUrl, scope } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, call, landed, redirectUri, signedInTokens, signIn } from './people.js'

const coordonnees = '/partenaire/peconnect-coordonnees/v1/coordonnees'

describe('lifetimes, by the test clock', () => {
  const portique = ownPortique({ name: 'embedded store', databaseUrl: null })
  const clock = async (body: object) => {
    const answer = await fetch(`${portique().url}/dev/clock`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(answer.status, 200, await answer.text())
  }
  const advance = (advanceSeconds: number) => clock({ advanceSeconds })

  test('an access token lives 25 minutes', async (t) => {
    t.after(() => clock({ reset: true }))
    const { tokens } = await signedInTokens(portique(), 'individu', { scope })
    await advance(1490)
    assert.equal((await call(portique(), coordonnees, tokens.access_token)).status, 200)
    await advance(10)
    assert.equal((await call(portique(), coordonnees, tokens.access_token)).status, 401)
  })

  test('a code lives 60 seconds', async (t) => {
    t.after(() => clock({ reset: true }))
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    const browser = createBrowser(portique().url)
    await signIn(authorizeUrl(portique()), 'angela-martin', browser)
    const codeOf = async () => landed(await browser.go(authorizeUrl(portique()))).searchParams.get('code') ?? ''
    const redeem = async (code: string) => {
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
      const body = new URLSearchParams({ ...form, client_id, client_secret: client_secret ?? '' })
      return (
        await fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2Findividu`, { method: 'POST', body })
      ).status
    }
    const [first, second] = [await codeOf(), await codeOf()]
    await advance(50)
    assert.equal(await redeem(first), 200)
    await advance(10)
    assert.equal(await redeem(second), 400)
  })

  test('an ID token lives two hours and a half, and is a hint to sign out by even after that', async (t) => {
    t.after(() => clock({ reset: true }))
    const { tokens, browser } = await signedInTokens(portique(), 'individu')
    const { exp = 0, iat = 0 } = tokens.claims() ?? {}
    assert.equal(exp - iat, 9000)
    await advance(9001)
    const out = new URL(`${portique().url}/compte/deconnexion`)
    for (const [name, value] of Object.entries({ id_token_hint: tokens.id_token ?? '', redirect_uri: redirectUri }))
      out.searchParams.set(name, value)
    assert.equal(landed(await browser.go(out)).href, redirectUri)
  })

  test('a refresh token lives 42 days, and those that it is renewed by have what was left of them', async (t) => {
    t.after(() => clock({ reset: true }))
    const { tokens, configuration } = await signedInTokens(portique(), 'individu', { scope })
    const renew = (token: string | undefined) => openid.refreshTokenGrant(configuration, token ?? '')
    await advance(3_000_000)
    const renewed = await renew(tokens.refresh_token)
    assert.equal((await call(portique(), coordonnees, renewed.access_token)).status, 200)
    await advance(628_700)
    const last = await renew(renewed.refresh_token)
    await advance(110)
    await assert.rejects(renew(last.refresh_token), { error: 'invalid_grant' })
  })

  test('a session ends by itself, and is asked for again', async (t) => {
    t.after(() => clock({ reset: true }))
    const { browser } = await signedInTokens(portique(), 'individu', { scope })
    const silent = async () => landed(await browser.go(authorizeUrl(portique(), { prompt: 'none' }))).searchParams
    assert.ok((await silent()).get('code'))
    await advance(40_000)
    assert.equal((await silent()).get('error'), 'login_required')
  })

  test('a session ends eight hours after its sign-in, however often the person comes back', async (t) => {
    t.after(() => clock({ reset: true }))
    const { browser } = await signedInTokens(portique(), 'individu', { scope })
    const silent = async () => landed(await browser.go(authorizeUrl(portique(), { prompt: 'none' }))).searchParams
    for (const hours of [3, 6]) {
      await advance(3 * 3600)
      assert.ok((await silent()).get('code'), `${hours} h`)
    }
    await advance(2 * 3600 + 10)
    assert.equal((await silent()).get('error'), 'login_required')
    assert.ok(
      (await signedInTokens(portique(), 'individu', { scope, browser })).tokens,
      'and begins anew with the next',
    )
    await advance(3600)
    assert.ok((await silent()).get('code'))
  })
})
