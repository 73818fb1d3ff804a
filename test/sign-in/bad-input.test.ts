import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sharedPortique } from '../start/portique.js'
import { authorizeUrl } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, issuerOf, landed, redirectUri, signedInTokens, signIn } from './people.js'

const embedded = { name: 'embedded store', databaseUrl: null } as const
const pkce = { code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' }

describe('what must not work', () => {
  const portique = sharedPortique(embedded)
  const go = (parameters: Readonly<Record<string, string>>) =>
    createBrowser(portique().url).go(authorizeUrl(portique(), parameters))
  const publicId = () => applicationOf(portique(), 'public').client_id
  const redeem = (form: Readonly<Record<string, string>>, realm = 'individu') => {
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id,
      client_secret: client_secret ?? '',
      redirect_uri: redirectUri,
      ...form,
    })
    return fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2F${realm}`, { method: 'POST', body })
  }
  const codeOf = async (parameters: Readonly<Record<string, string>> = {}) => {
    const { callback } = await signIn(authorizeUrl(portique(), parameters), 'angela-martin')
    return callback.searchParams.get('code') ?? ''
  }

  test('an address that is not registered gets a page, and nobody', async () => {
    const { origin } = new URL(redirectUri)
    const hostile = [
      'https://attacker.example/callback',
      `${redirectUri}/`,
      `${redirectUri}?x=1`,
      `${redirectUri}#x`,
      `${origin}/callback/../evil`,
      'http://127.0.0.1:8000@attacker.example/callback',
      'javascript:alert(1)',
      '//attacker.example',
      'http://127.0.0.1:8001/callback',
    ]
    for (const redirect_uri of hostile) {
      const page = await go({ redirect_uri })
      assert.equal(page.status, 400, redirect_uri)
      assert.equal(page.location, null, redirect_uri)
      assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
    }
    const unknown = await go({ client_id: 'cli_unknown' })
    assert.deepEqual([unknown.status, unknown.location], [400, null])
  })

  test('an application on the own machine comes back to any port of it, if it is public', async () => {
    const page = await go({ client_id: publicId(), redirect_uri: 'http://127.0.0.1:54321/callback', ...pkce })
    assert.match(page.text, /name="persona"/)
  })

  test('a public application without state or PKCE, plain PKCE, another response type', async () => {
    const cases: [string, Record<string, string>][] = [
      ['invalid_request', { client_id: publicId() }],
      ['invalid_request', { client_id: publicId(), code_challenge: 'A'.repeat(43), code_challenge_method: 'plain' }],
      ['invalid_request', { client_id: publicId(), code_challenge: 'A'.repeat(43) }],
      ['unsupported_response_type', { response_type: 'token' }],
      ['unsupported_response_type', { response_type: 'code id_token' }],
      ['invalid_scope', { scope: 'openid unknown' }],
      ['invalid_scope', { scope: 'openid api_peconnect-entreprisev1' }],
      ['login_required', { prompt: 'none' }],
      ['invalid_request', { id_token_hint: 'a.b.c' }],
    ]
    for (const [error, parameters] of cases) {
      const back = landed(await go(parameters))
      // A response type of the implicit flow is answered where that flow would have been (OAuth 2.0 Multiple Response Types, section 5).
      const told = back.hash === '' ? back.searchParams : new URLSearchParams(back.hash.slice(1))
      assert.equal(told.get('error'), error, JSON.stringify(parameters))
      assert.equal(told.get('state'), 'kept-state')
      assert.ok(told.get('iss'))
    }
    const url = authorizeUrl(portique(), { client_id: publicId(), ...pkce })
    url.searchParams.delete('state')
    const back = landed(await createBrowser(portique().url).go(url))
    assert.equal(back.searchParams.get('error'), 'invalid_request')
    const scopes = landed(await go({ scope: 'openid unknown' }))
    assert.equal(scopes.searchParams.get('error_description'), 'Unknown/invalid scope(s): [unknown]')
  })

  test('a wrong verifier, a reused, a foreign and an expired code', async () => {
    const code = await codeOf({ code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' })
    for (const code_verifier of ['B'.repeat(43), 'short']) {
      assert.equal((await redeem({ code, code_verifier })).status, 400)
    }
    assert.equal((await redeem({ code: await codeOf(), code_verifier: 'B'.repeat(43) })).status, 400, 'downgrade')
    const once = await codeOf()
    const first: { access_token?: string } = JSON.parse(await (await redeem({ code: once })).text())
    assert.ok(first.access_token)
    const seen = () =>
      fetch(`${portique().url}/partenaire/peconnect-coordonnees/v1/coordonnees`, {
        headers: { authorization: `Bearer ${first.access_token}` },
      })
    assert.equal((await seen()).status, 200)
    assert.equal((await redeem({ code: once })).status, 400)
    assert.equal((await seen()).status, 401, 'a reused code takes back what it gave')
    const another = applicationOf(portique(), 'public').client_id
    const foreign = await redeem({ code: await codeOf(), client_id: another, client_secret: '' })
    assert.equal(foreign.status, 400)
    for (const realm of ['employeur', 'agent', 'partenaire']) {
      assert.equal((await redeem({ code: await codeOf() }, realm)).status, 400, realm)
    }
    const late = await codeOf()
    const clock = (body: object) =>
      fetch(`${portique().url}/dev/clock`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    await clock({ advanceSeconds: 61 })
    assert.equal((await redeem({ code: late })).status, 400)
    const fresh = await redeem({ code: await codeOf() })
    assert.equal(fresh.status, 200, 'the clock moves and the flow goes on')
    await clock({ reset: true })
  })

  test('a tampered ID token asks for no sign-out, an expired one does; a stranger is asked first', async () => {
    const { browser, tokens } = await signedInTokens(portique(), 'individu')
    const [head = '', payload = '', mac = ''] = (tokens.id_token ?? '').split('.')
    const out = (hint: string) => {
      const url = new URL(`${portique().url}/compte/deconnexion?redirect_uri=${encodeURIComponent(redirectUri)}`)
      if (hint !== '') url.searchParams.set('id_token_hint', hint)
      return url
    }
    const tampered = await browser.go(
      out([head, payload, mac.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A'))].join('.')),
    )
    assert.deepEqual([tampered.status, tampered.location], [400, null])
    const unregistered = out(tokens.id_token ?? '')
    unregistered.searchParams.set('redirect_uri', 'https://attacker.example/')
    const refused = await browser.go(unregistered)
    assert.deepEqual([refused.status, refused.location], [400, null])
    const asked = await browser.go(out(''))
    assert.match(asked.text, /\/session\/end\/confirm"/)
    const done = await browser.submit(asked, /confirm$/, { logout: 'yes' })
    assert.match(done.text, /Déconnexion effectuée/)
  })

  test('a form of another browser signs nobody in', async () => {
    const attacker = createBrowser(portique().url)
    const page = await attacker.go(authorizeUrl(portique()))
    const at = /action="([^"]*\/persona)"/.exec(page.text)?.[1] ?? ''
    const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
    const victim = createBrowser(portique().url)
    const forged = await victim.post(new URL(at, portique().url), { persona: 'angela-martin', csrf })
    assert.deepEqual([forged.status, forged.location], [400, null])
    const blind = await attacker.post(new URL(at, portique().url), { persona: 'angela-martin' })
    assert.equal(blind.status, 403)
  })

  test('parameters that are too long, repeated or no UTF-8 get a page', async () => {
    const base = authorizeUrl(portique()).href
    for (const more of [
      `&login_hint=${'x'.repeat(9000)}`,
      '&login_hint=%ff',
      '&state=twice',
      '&login_hint=%00',
      '&x=%zz',
    ]) {
      const page = await createBrowser(portique().url).go(base + more)
      assert.deepEqual([page.status, page.location], [400, null], more.slice(0, 30))
    }
    const naughty = '<script>"\'&+ é漢\u202e%00'
    const { callback } = await signIn(authorizeUrl(portique(), { state: naughty }), 'angela-martin')
    assert.equal(callback.searchParams.get('state'), naughty)
  })

  test('a realm that is not named or unknown is not guessed', async () => {
    for (const realm of ['', '?realm=unknown', '?realm=%2Fpartenaire']) {
      const page = await createBrowser(portique().url).go(`${portique().url}/connexion/oauth2/authorize${realm}`)
      assert.deepEqual([page.status, page.location], [400, null], realm)
    }
    const legacy = authorizeUrl(portique()).href.replace('realm=%2Findividu', 'realm=individu')
    assert.match((await createBrowser(portique().url).go(legacy)).text, /name="persona"/)
    assert.equal((await fetch(`${issuerOf(portique(), 'individu')}/authorize`, { method: 'DELETE' })).status, 405)
  })
})
