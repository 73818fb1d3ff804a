import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { control } from '../start/control.js'
import { ownPortique } from '../start/portique.js'
import { authorizeUrl } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, issuerOf, landed, redirectUri, signedInTokens, signIn } from './people.js'

const embedded = { name: 'embedded store', databaseUrl: null } as const
const made = z.object({ application: z.object({ id: z.string() }), secret: z.object({ value: z.string() }) })
const pkce = { code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' }

describe('what must not work', () => {
  const portique = ownPortique(embedded)
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
  const newClient = async () => {
    const wanted = { platform: 'france-travail', name: 'Une autre', redirectUris: [redirectUri] }
    const { application, secret } = made.parse((await control(portique(), 'POST', '/applications', wanted)).json)
    const { status } = await control(portique(), 'POST', `/applications/${application.id}/subscriptions`, {
      api: 'peconnect-coordonnees/1',
    })
    assert.equal(status, 201)
    return { client_id: application.id, client_secret: secret.value }
  }
  const subscribedToOne = async () => (await newClient()).client_id
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

  /** How the application is told, where it may be told. */
  const told = async (parameters: Readonly<Record<string, string>>, without?: string) => {
    const url = authorizeUrl(portique(), parameters)
    if (without !== undefined) url.searchParams.delete(without)
    const back = landed(await createBrowser(portique().url).go(url))
    assert.equal(`${back.origin}${back.pathname}`, redirectUri)
    // A response type of the implicit flow is answered where that flow would have been (OAuth 2.0 Multiple Response Types, section 5).
    const answer = back.hash === '' ? back.searchParams : new URLSearchParams(back.hash.slice(1))
    assert.equal(answer.get('code'), null)
    assert.ok(answer.get('iss'), 'RFC 9207: errors name their issuer too')
    if (without !== 'state') assert.equal(answer.get('state'), 'kept-state')
    return answer
  }

  test('a public application without state', async () => {
    assert.equal((await told({ client_id: publicId(), ...pkce }, 'state')).get('error'), 'invalid_request')
  })

  test('a public application without PKCE, or with plain', async () => {
    const challenge = 'A'.repeat(43)
    for (const parameters of [
      {},
      { code_challenge: challenge },
      { code_challenge: challenge, code_challenge_method: 'plain' },
      { code_challenge: 'short', code_challenge_method: 'S256' },
    ] as Record<string, string>[])
      assert.equal(
        (await told({ client_id: publicId(), ...parameters })).get('error'),
        'invalid_request',
        JSON.stringify(parameters),
      )
  })

  test('a response type of a flow that is not offered', async () => {
    for (const response_type of ['token', 'code id_token', 'id_token', 'none']) {
      const answer = await told({ response_type })
      assert.equal(answer.get('error'), 'unsupported_response_type', response_type)
      assert.equal(answer.get('error_description'), 'Unsupported response_type value')
    }
  })

  test('a response mode that only a script could send on, none, or a request in a JWT', async () => {
    for (const response_mode of ['form_post', 'web_message', 'x']) {
      const answer = await told({ response_mode })
      assert.equal(answer.get('error'), 'unsupported_response_mode', response_mode)
      assert.equal(answer.get('error_description'), 'response_mode must be query or fragment')
    }
    const missing = await told({}, 'response_type')
    assert.equal(missing.get('error'), 'invalid_request')
    assert.equal(missing.get('error_description'), 'missing required parameter: response_type')
    assert.match((await told({ request: 'a.b.c' })).get('error_description') ?? '', /request objects are not supported/)
    assert.match(
      (await told({ request_uri: 'https://rp.example/request' })).get('error_description') ?? '',
      /request_uri|pushed/,
    )
  })

  test('offline_access is a scope that nobody knows, with whatever prompt', async () => {
    for (const more of [{}, { prompt: 'login' }, { prompt: 'consent' }])
      assert.equal((await told({ scope: 'openid offline_access', ...more })).get('error'), 'invalid_scope')
  })

  test('a scope unknown, not subscribed, or of another realm', async () => {
    const unknown = await told({ scope: 'openid unknown' })
    assert.equal(unknown.get('error'), 'invalid_scope')
    assert.equal(unknown.get('error_description'), 'Unknown/invalid scope(s): [unknown]')
    assert.equal((await told({ scope: 'openid api_peconnect-entreprisev1' })).get('error'), 'invalid_scope')
    const client_id = await subscribedToOne()
    for (const scope of ['openid api_peconnect-statutv1 statut', 'openid api_peconnect-coordonneesv1 statut'])
      assert.equal((await told({ client_id, scope })).get('error'), 'invalid_scope', scope)
  })

  test('prompt=none without a session', async () => {
    assert.equal((await told({ prompt: 'none' })).get('error'), 'login_required')
    assert.equal((await told({ prompt: 'none login' })).get('error'), 'invalid_request')
  })

  test('a hint that is no ID token', async () => {
    for (const id_token_hint of ['a.b.c', 'x'])
      assert.equal((await told({ id_token_hint })).get('error'), 'invalid_request', id_token_hint)
  })

  const invalidGrant = async (answer: Response) => {
    const body: { error?: string; access_token?: string } = JSON.parse(await answer.text())
    assert.deepEqual([answer.status, body.error, body.access_token], [400, 'invalid_grant', undefined])
  }

  test('a wrong verifier, none where one is due, one where none is', async () => {
    const code = await codeOf(pkce)
    for (const code_verifier of ['B'.repeat(43), `${'B'.repeat(42)} `])
      assert.equal((await redeem({ code, code_verifier })).status, 400)
    await invalidGrant(await redeem({ code, code_verifier: 'B'.repeat(43) }))
    await invalidGrant(await redeem({ code }))
    // RFC 9700 section 2.1.1: a downgrade.
    await invalidGrant(await redeem({ code: await codeOf(), code_verifier: 'B'.repeat(43) }))
  })

  test('a reused code, which takes back what it gave', async () => {
    const once = await codeOf()
    const first: { access_token?: string } = JSON.parse(await (await redeem({ code: once })).text())
    assert.ok(first.access_token)
    const seen = () =>
      fetch(`${portique().url}/partenaire/peconnect-coordonnees/v1/coordonnees`, {
        headers: { authorization: `Bearer ${first.access_token}` },
      })
    assert.equal((await seen()).status, 200)
    await invalidGrant(await redeem({ code: once }))
    assert.equal((await seen()).status, 401)
  })

  test('an expired code', async (t) => {
    const clock = (body: object) =>
      fetch(`${portique().url}/dev/clock`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    t.after(() => clock({ reset: true }))
    const late = await codeOf()
    await clock({ advanceSeconds: 61 })
    await invalidGrant(await redeem({ code: late }))
    assert.equal((await redeem({ code: await codeOf() })).status, 200, 'the clock moves and the flow goes on')
  })

  test('a code of another client, which it does not use up', async () => {
    const code = await codeOf()
    const another = await newClient()
    await invalidGrant(await redeem({ code, client_id: another.client_id, client_secret: another.client_secret }))
    assert.equal((await redeem({ code, client_id: publicId(), client_secret: '' })).status, 400)
    assert.equal((await redeem({ code })).status, 200)
  })

  const refusal = async (answer: Response) => {
    const { error }: { error?: string } = JSON.parse(await answer.text())
    return [answer.status, error]
  }

  test('a code for another address than the one it was sent to, which it does not use up', async () => {
    const code = await codeOf()
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    for (const redirect_uri of ['http://127.0.0.1:3000/callback', 'https://attacker.example/'])
      assert.deepEqual(await refusal(await redeem({ code, redirect_uri })), [400, 'redirect_uri_mismatch'])
    const without = new URLSearchParams({ grant_type: 'authorization_code', client_id, code })
    without.set('client_secret', client_secret ?? '')
    const at = `${portique().url}/connexion/oauth2/access_token?realm=%2Findividu`
    const answer = await fetch(at, { method: 'POST', body: without })
    assert.deepEqual(await refusal(answer), [400, 'redirect_uri_mismatch'])
    assert.equal((await redeem({ code })).status, 200)
  })

  test('a code of another realm', async () => {
    for (const [realm, error] of [
      ['employeur', 'invalid_grant'],
      ['agent', 'invalid_grant'],
      ['partenaire', 'unsupported_grant_type'],
      ['inconnu', 'invalid_client'],
    ] as const)
      assert.deepEqual(await refusal(await redeem({ code: await codeOf() }, realm)), [400, error], realm)
    const stranger = await newClient()
    const answer = await redeem({ ...stranger, code: await codeOf() }, 'employeur')
    assert.deepEqual(await refusal(answer), [400, 'invalid_client'], 'an application without a right in that realm')
  })

  test('a tampered id_token_hint, an address that is not registered; without a hint the person is asked', async () => {
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

  test('a form of another step is none of this one', async () => {
    const browser = createBrowser(portique().url)
    const page = await browser.go(authorizeUrl(portique()))
    const csrf = (text: string) => /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
    const at = new URL(page.url.pathname, portique().url).href
    const early = await browser.post(`${at}/decision`, { csrf: csrf(page.text), decision: 'accept' })
    assert.deepEqual([early.status, early.location], [400, null], 'a decision before anybody signed in')
    const asked = await browser.submit(page, /\/persona$/, { persona: 'hugo-picard' })
    assert.match(asked.text, /\/decision"/)
    const there = new URL(asked.url.pathname, portique().url).href
    const late = await browser.post(`${there}/persona`, { csrf: csrf(asked.text), persona: 'angela-martin' })
    assert.deepEqual([late.status, late.location], [400, null], 'somebody else where one is asked to agree')
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
    const twice = await createBrowser(portique().url).post(`${base}`, { state: 'other' })
    assert.deepEqual([twice.status, twice.location], [400, null], 'in the address and in the form')
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
