import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as openid from 'openid-client'
import { artifactKey } from '../../src/authorization/artifact-key.js'
import { createBrowser } from './browser.js'
import { landed } from './people.js'
import { peopleRealm } from './people-realm.js'

const realm = 'plain/people'
const password = 'un cheval saute la haie'
const another = 'deux canards nagent au loin'

async function withCamille(t: TestContext, databaseUrl: string | undefined) {
  const ground = await peopleRealm(t, databaseUrl)
  const { origin, start, tokensOf, configuration, authorization, application, db } = ground
  const { sub } = await authorization.createAccount({ realm, identifier: 'camille', password, name: 'Camille Durand' })
  const attempt = async (given: string) => {
    const browser = createBrowser(origin)
    let page = await browser.submit(await browser.go(start), /\/account$/, { identifier: 'camille', password: given })
    if (/\/decision"/.test(page.text)) page = await browser.submit(page, /\/decision$/, { decision: 'accept' })
    return { browser, page }
  }
  const signedIn = async (given = password) => {
    const { browser, page } = await attempt(given)
    return { browser, tokens: await tokensOf(landed(page)) }
  }
  const verified = async (token: string) =>
    'tokenId' in (await authorization.verify({ kind: 'bearer', value: token }, 'plain'))
  /** Whatever a sign-in has left: the browser's session, the token at the gateway, its renewal. */
  const left = async ({ browser, tokens }: Awaited<ReturnType<typeof signedIn>>) => {
    const silent = new URL(start)
    silent.searchParams.set('prompt', 'none')
    const renewed = await openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '').catch(() => null)
    return {
      session: landed(await browser.go(silent)).searchParams.has('code'),
      token: await verified(tokens.access_token),
      renewal: renewed !== null,
    }
  }
  const deeds = async () => {
    const rows = await db.selectFrom('audit').selectAll().where('actor', '=', 'operator').execute()
    return rows
      .map(({ action, object }) => `${action} ${object.split(':')[0]}`)
      .filter((each) => /^authorization/.test(each))
  }
  return {
    ...ground,
    sub,
    attempt,
    signedIn,
    verified,
    left,
    deeds,
    application,
    accounts: authorization.accountsOf(realm),
  }
}

const nothing = { session: false, token: false, renewal: false }

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'embedded store' : 'PostgreSQL'

  test(`an account is disabled and enabled again, in force at once, on the ${kind}`, async (t) => {
    const { accounts, signedIn, attempt, verified, left, sub, deeds } = await withCamille(t, databaseUrl)
    const before = await signedIn()
    assert.equal(await verified(before.tokens.access_token), true)
    assert.equal((await accounts.disable('Camille')).sub, sub)
    assert.deepEqual(await left(before), nothing)
    assert.equal((await attempt(password)).page.status, 401)
    assert.ok(((await accounts.list())[0]?.disabledAt ?? 0) > 0)
    await accounts.enable(sub)
    assert.deepEqual(await left(before), nothing, 'what was before stays dead')
    assert.ok((await signedIn()).tokens.access_token)
    assert.deepEqual((await deeds()).sort(), [
      'authorization.account-created person',
      'authorization.account-disabled person',
      'authorization.account-enabled person',
    ])
  })

  test(`a password is reset and sessions are ended, in force at once, on the ${kind}`, async (t) => {
    const { accounts, signedIn, attempt, left } = await withCamille(t, databaseUrl)
    const before = await signedIn()
    await assert.rejects(accounts.resetPassword('camille', 'trop court'), { code: 'account/weak-password' })
    await accounts.resetPassword('camille', another)
    assert.deepEqual(await left(before), nothing)
    assert.equal((await attempt(password)).page.status, 401)
    const after = await signedIn(another)
    await accounts.endSessions('camille')
    assert.deepEqual(await left(after), nothing)
    assert.ok((await signedIn(another)).tokens.access_token)
  })

  test(`an account is erased with all that was given by it, on the ${kind}`, async (t) => {
    const { accounts, signedIn, attempt, left, db, sub } = await withCamille(t, databaseUrl)
    const before = await signedIn()
    await accounts.remove('camille')
    assert.deepEqual(await left(before), nothing)
    assert.equal((await attempt(password)).page.status, 401)
    assert.deepEqual(await accounts.list(), [])
    const rows = db.selectFrom('oidc_artifact').select('model')
    const own = rows.where((eb) => eb.or([eb('uid', '=', artifactKey(sub)), eb('owner', '=', artifactKey(sub))]))
    assert.deepEqual(await own.execute(), [])
    const tokens = rows.where('model', 'in', ['Account', 'AccessToken', 'RefreshToken', 'AuthorizationCode'])
    assert.deepEqual(await tokens.execute(), [])
    await assert.rejects(accounts.disable(sub), { code: 'account/unknown' })
  })
}
