import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as openid from 'openid-client'
import { personMark } from '../../src/authorization/sign-in/audit.js'
import { createBrowser } from './browser.js'
import { landed } from './people.js'
import { peopleRealm, redirectUri } from './people-realm.js'
import { issuerPath } from './standard-people.js'

const password = 'un cheval saute la haie'
const realm = 'plain/people'

/** Camille has an account; `attempt` fills the form in a new browser. */
async function withCamille(t: TestContext, databaseUrl: string | undefined) {
  const ground = await peopleRealm(t, databaseUrl)
  const account = { realm, identifier: 'camille@exemple.fr', password, name: 'Camille Durand' }
  const { sub } = await ground.authorization.createAccount(account)
  const attempt = async (fields: Readonly<Record<string, string>>) => {
    const browser = createBrowser(ground.origin)
    return { browser, page: await browser.submit(await browser.go(ground.start), /\/account$/, fields) }
  }
  const entries = async () => {
    const all = ground.db.selectFrom('audit').selectAll().where('action', 'like', 'authorization.%')
    const rows = await all.orderBy('action').orderBy('actor').execute()
    return rows.map(({ action, actor, object, detail }) => ({
      ...{ action: action.replace('authorization.', ''), actor, object },
      detail: JSON.parse(detail) as Record<string, unknown>,
    }))
  }
  return { ...ground, sub, attempt, entries }
}

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'embedded store' : 'PostgreSQL'

  test(`sign-in, consent, withdrawal and sign-out are on record, and nothing of the person is, on the ${kind}`, async (t) => {
    const { attempt, entries, sub, application, origin, db, configuration, tokensOf } = await withCamille(
      t,
      databaseUrl,
    )
    const { browser, page } = await attempt({ identifier: 'Camille@exemple.fr', password })
    const callback = landed(await browser.submit(page, /\/decision$/, { decision: 'accept' }))
    const tokens = await tokensOf(callback)
    const mine = await browser.go(`${origin}${issuerPath}/consents`)
    await browser.submit(mine, /\/withdraw$/, { consent: application.id })
    const out = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: redirectUri }
    landed(await browser.go(openid.buildEndSessionUrl(configuration, out)))
    const person = `person:${personMark(realm, sub)}`
    const object = `application:${application.id}`
    assert.deepEqual(await entries(), [
      { action: 'account-created', actor: 'operator', object: person, detail: { realm } },
      { action: 'consented', actor: person, object, detail: { realm, scopes: ['profile', 'email'] } },
      { action: 'signed-in', actor: person, object, detail: { realm, way: 'password' } },
      { action: 'signed-out', actor: person, object: `realm:${realm}`, detail: { realm } },
      { action: 'withdrew', actor: person, object, detail: { realm } },
    ])
    const all = JSON.stringify(await db.selectFrom('audit').selectAll().execute())
    for (const personal of [sub, 'amille', 'Durand', 'exemple.fr', '127.0.0.1', password])
      assert.ok(!all.includes(personal), personal)
  })

  test(`a sign-in that fails, and the lock after too many, are on record, on the ${kind}`, async (t) => {
    const { attempt, entries, sub, db } = await withCamille(t, databaseUrl)
    await attempt({ identifier: 'nobody@exemple.fr', password })
    for (let tries = 0; tries < 7; tries += 1) await attempt({ identifier: 'camille@exemple.fr', password: 'wrong' })
    const person = `person:${personMark(realm, sub)}`
    const all = await entries()
    const mine = all.filter(({ actor }) => actor === person)
    const [stranger] = all.filter(({ actor }) => actor !== person && actor !== 'operator')
    assert.equal(stranger?.action, 'sign-in-refused')
    assert.match(stranger?.actor ?? '', /^unknown:[\w-]{22}$/)
    assert.deepEqual(
      mine.map(({ action }) => action),
      ['sign-in-locked', ...Array.from({ length: 5 }, () => 'sign-in-refused')],
      'the lock once, whatever is tried while it lasts',
    )
    const text = JSON.stringify(await db.selectFrom('audit').selectAll().execute())
    for (const personal of [sub, 'nobody', 'camille', 'wrong']) assert.ok(!text.includes(personal), personal)
  })
}

test('nobody is signed in when it cannot be put on record', async (t) => {
  const { attempt, db, start } = await withCamille(t, undefined)
  await db.schema.alterTable('audit').renameTo('audit_away').execute()
  const { browser, page } = await attempt({ identifier: 'camille@exemple.fr', password })
  assert.ok(page.status >= 500, String(page.status))
  await db.schema.alterTable('audit_away').renameTo('audit').execute()
  assert.match((await browser.go(start)).text, /\/account"/, 'still to sign in')
})
