import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as openid from 'openid-client'
import { type Browser, createBrowser } from '../sign-in/browser.js'
import { landed } from '../sign-in/people.js'
import { peopleRealm, redirectUri } from '../sign-in/people-realm.js'
import { issuerPath } from '../sign-in/standard-people.js'

const identifier = 'camille'
const password = 'un cheval saute la haie'
/** How long the second request waits after the first, in milliseconds. */
const delays = [0, 0, 2, 4, 8, 15]

type Tokens = Awaited<ReturnType<typeof openid.authorizationCodeGrant>>

async function withCamille(t: TestContext, databaseUrl: string | undefined) {
  const ground = await peopleRealm(t, databaseUrl)
  const { origin, start, tokensOf, configuration } = ground
  const { sub } = await ground.authorization.createAccount({
    ...{ realm: 'plain/people', identifier, password, name: 'Camille Durand' },
  })
  const asking = (wanted: Readonly<Record<string, string>>) => {
    const url = new URL(start)
    for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
    return url
  }
  /** A browser signed in, where the application was allowed these scopes. */
  const signedIn = async (scope: string) => {
    const browser = createBrowser(origin)
    let page = await browser.submit(await browser.go(asking({ scope })), /\/account$/, { identifier, password })
    if (/\/decision"/.test(page.text)) page = await browser.submit(page, /\/decision$/, { decision: 'accept' })
    return { browser, tokens: await tokensOf(landed(page)) }
  }
  /** What an application gets that asks without a page. */
  const silently = async (browser: Browser) => {
    const url = landed(await browser.go(asking({ prompt: 'none' })))
    const redeemed = url.searchParams.has('code') ? await tokensOf(url).catch(() => null) : null
    return { error: url.searchParams.get('error'), tokens: redeemed }
  }
  const alive = async ({ access_token, refresh_token = '' }: Tokens) => {
    const seen = await fetch(`${origin}${issuerPath}/userinfo`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    await seen.arrayBuffer()
    const { active } = await openid.tokenIntrospection(configuration, access_token)
    const called = await ground.authorization.verify({ kind: 'bearer', value: access_token }, 'plain')
    const renewed = await openid.refreshTokenGrant(configuration, refresh_token).catch(() => null)
    return [seen.status === 200, active, 'tokenId' in called, renewed !== null].some(Boolean)
  }
  const withdrawal = async (browser: Browser) => {
    const page = await browser.go(`${origin}${issuerPath}/consents`)
    return () => browser.submit(page, /\/withdraw$/, { consent: ground.application.id })
  }
  return { ...ground, sub, signedIn, silently, alive, withdrawal }
}

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'embedded store' : 'PostgreSQL'

  test(`nothing that is given while a consent is withdrawn outlives it, on the ${kind}`, async (t) => {
    const { signedIn, silently, alive, withdrawal } = await withCamille(t, databaseUrl)
    for (const delay of delays) {
      const { browser } = await signedIn('openid profile email')
      const { browser: other } = await signedIn('openid')
      const withdraw = await withdrawal(browser)
      const [, given] = await Promise.all([withdraw(), sleep(delay).then(() => silently(other))])
      if (given.tokens !== null) assert.equal(await alive(given.tokens), false, `${delay} ms after`)
    }
  })

  test(`an agreement and a withdrawal at once leave what the page says, on the ${kind}`, async (t) => {
    const { signedIn, alive, withdrawal, application, origin, start, tokensOf } = await withCamille(t, databaseUrl)
    for (const delay of delays) {
      const { browser } = await signedIn('openid profile')
      const { browser: other } = await signedIn('openid')
      const question = await other.go(start)
      const withdraw = await withdrawal(browser)
      const agree = async () => {
        const page = await other.submit(question, /\/decision$/, { decision: 'accept' })
        return /\/decision"/.test(page.text) ? null : tokensOf(landed(page)).catch(() => null)
      }
      const [, given] = await Promise.all([withdraw(), sleep(delay).then(agree)])
      const listed = (await browser.go(`${origin}${issuerPath}/consents`)).text.includes(`value="${application.id}"`)
      assert.equal(listed || given === null || !(await alive(given)), true, `unseen, ${delay} ms after`)
      await (await withdrawal(browser))().catch(() => {})
    }
  })

  test(`a silent authorization at the moment of signing out undoes nothing of it, on the ${kind}`, async (t) => {
    const { signedIn, silently, alive, configuration } = await withCamille(t, databaseUrl)
    await signedIn('openid profile email')
    for (const delay of delays) {
      const { browser, tokens } = await signedIn('openid')
      const hint = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: redirectUri }
      const same = browser.copy()
      const [out, given] = await Promise.all([
        browser.go(openid.buildEndSessionUrl(configuration, hint)),
        sleep(delay).then(() => silently(same)),
      ])
      assert.equal(landed(out).href, redirectUri, `signing out itself, ${delay} ms before`)
      assert.equal(await alive(tokens), false)
      if (given.tokens !== null) assert.equal(await alive(given.tokens), false, `given ${delay} ms after`)
      for (const each of [browser, same]) {
        const { error } = await silently(each)
        assert.equal(error, 'login_required', `${delay} ms after`)
      }
    }
    const { tokens } = await signedIn('openid profile email')
    assert.equal(await alive(tokens), true, 'and who signs in again is signed in')
  })
}
