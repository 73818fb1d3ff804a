import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as openid from 'openid-client'
import { createBrowser } from './browser.js'
import { landed } from './people.js'
import { peopleRealm, redirectUri } from './people-realm.js'
import { issuerPath } from './standard-people.js'

test('a person proves elsewhere who they are, comes back as the same person, and is signed out there too', async (t) => {
  const { origin, upstream, configuration, start, tokensOf } = await peopleRealm(t)
  const signIn = async () => {
    const browser = createBrowser(origin, upstream.origin)
    const page = await browser.go(start)
    const href = /href="([^"]*\/upstream)"/.exec(page.text)?.[1] ?? ''
    const theirs = await browser.go(new URL(href, origin))
    assert.equal(theirs.url.origin, upstream.origin, theirs.text)
    const login = await browser.submit(theirs, /\/interaction\//, { prompt: 'login', login: 'camille', password: 'x' })
    const asked = await browser.submit(login, /\/interaction\//, { prompt: 'consent' })
    const consented = asked.location !== null
    if (!consented) assert.match(asked.text, /Camille/)
    const callback = landed(consented ? asked : await browser.submit(asked, /\/decision$/, { decision: 'accept' }))
    return { browser, tokens: await tokensOf(callback) }
  }
  const { browser, tokens } = await signIn()
  const claims = tokens.claims()
  assert.equal(claims?.given_name, 'Camille')
  assert.equal(claims?.email, 'camille@exemple.fr')
  assert.match(claims?.sub ?? '', /^usr_/)
  assert.equal((await signIn()).tokens.claims()?.sub, claims?.sub)
  const out = openid.buildEndSessionUrl(configuration, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: redirectUri,
  })
  const theirs = await browser.go(out)
  assert.equal(theirs.url.origin, upstream.origin, 'the sign-out is passed on')
  const back = await browser.submit(theirs, /\/session\/end\/confirm/, { logout: 'yes' })
  assert.equal(landed(back).href, redirectUri)
})

test('a provider elsewhere that is down is a page that says so, and the way back to the application stays', async (t) => {
  const { origin, upstream, start } = await peopleRealm(t)
  upstream.stop()
  const browser = createBrowser(origin)
  const page = await browser.go(start)
  const href = /href="([^"]*\/upstream)"/.exec(page.text)?.[1] ?? ''
  const down = await browser.go(new URL(href, origin))
  assert.equal(down.status, 503)
  assert.ok(Number(down.headers.get('retry-after')) >= 1)
  assert.match(down.text, /Service momentanément indisponible/)
  const back = landed(await browser.submit(page, /\/cancel$/))
  assert.equal(back.searchParams.get('error'), 'access_denied')
})

test('an answer from elsewhere that belongs to no question of this browser signs nobody in', async (t) => {
  const { origin, upstream, start } = await peopleRealm(t)
  const attacker = createBrowser(origin)
  const page = await attacker.go(start)
  const href = /href="([^"]*\/upstream)"/.exec(page.text)?.[1] ?? ''
  const left = await attacker.go(new URL(href, origin))
  const state = left.location?.searchParams.get('state') ?? ''
  assert.ok(state)
  for (const [browser, given] of [
    [createBrowser(origin), state],
    [attacker, 'forged.state'],
    [attacker, ''],
  ] as const) {
    const url = `${origin}${issuerPath}/upstream/callback?code=x&state=${given}&iss=${encodeURIComponent(upstream.origin)}`
    assert.equal((await browser.go(url)).status, 400)
  }
})

test('a password signs in; wrong ones are told alike, then wait, whoever guesses', async (t) => {
  const { origin, authorization, start, tokensOf, pass } = await peopleRealm(t)
  const password = 'un cheval saute la haie'
  await authorization.createAccount({ realm: 'plain/people', identifier: 'camille', password, name: 'Camille Durand' })
  for (const weak of ['court', 'aaaaaaaaaaaaaaaa', 'Motdepasse123!!', 'camille-camille-1']) {
    const account = { realm: 'plain/people', identifier: 'camille', password: weak, name: 'x' }
    await assert.rejects(authorization.createAccount(account), { code: 'account/weak-password' })
  }
  await assert.rejects(
    authorization.createAccount({ realm: 'plain/people', identifier: 'CAMILLE', password, name: 'x' }),
    { code: 'account/taken' },
  )
  const attempt = async (fields: Record<string, string>) => {
    const browser = createBrowser(origin)
    return { browser, page: await browser.submit(await browser.go(start), /\/account$/, fields) }
  }
  const texts = new Set<string>()
  for (const identifier of ['camille', 'nobody']) {
    const { page } = await attempt({ identifier, password: 'wrong' })
    assert.equal(page.status, 401)
    texts.add(/role="alert"[^>]*>(.*?)<\/div>/s.exec(page.text)?.[1] ?? page.text.match(/incorrect/)?.[0] ?? '')
  }
  assert.equal(texts.size, 1)
  for (let more = 0; more < 4; more += 1) await attempt({ identifier: 'camille', password: 'wrong' })
  const held = (await attempt({ identifier: 'camille', password })).page
  assert.equal(held.status, 429)
  assert.ok(Number(held.headers.get('retry-after')) >= 1)
  pass(16 * 60_000)
  const { browser, page } = await attempt({ identifier: ' Camille', password })
  const callback = landed(await browser.submit(page, /\/decision$/, { decision: 'accept' }))
  assert.match((await tokensOf(callback)).claims()?.sub ?? '', /^usr_/)
})

test('an expired ID token is still a hint to sign out by, and still none of another person', async (t) => {
  const ground = await peopleRealm(t, undefined, { idTokenSeconds: 1 })
  const { origin, authorization, start, tokensOf, configuration } = ground
  const password = 'un cheval saute la haie'
  for (const identifier of ['camille', 'dominique'])
    await authorization.createAccount({ realm: 'plain/people', identifier, password, name: identifier })
  const signedIn = async (identifier: string) => {
    const browser = createBrowser(origin)
    const page = await browser.submit(await browser.go(start), /\/account$/, { identifier, password })
    const callback = landed(await browser.submit(page, /\/decision$/, { decision: 'accept' }))
    return { browser, idToken: (await tokensOf(callback)).id_token ?? '' }
  }
  const [camille, dominique] = [await signedIn('camille'), await signedIn('dominique')]
  await sleep(1500)
  const out = (id_token_hint: string) =>
    openid.buildEndSessionUrl(configuration, { id_token_hint, post_logout_redirect_uri: redirectUri })
  const asked = await camille.browser.go(out(dominique.idToken))
  assert.ok(asked.location === null, 'another person’s does not sign this one out')
  assert.equal(landed(await camille.browser.go(out(camille.idToken))).href, redirectUri)
})
