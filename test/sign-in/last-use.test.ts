import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBrowser } from './browser.js'
import { landed } from './people.js'
import { peopleRealm } from './people-realm.js'
import { issuerPath } from './standard-people.js'

const password = 'un cheval saute la haie'

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL]))
  test(`a consent was last used when a token of it was handed out or opened the gateway, on ${databaseUrl === undefined ? 'the embedded store' : 'PostgreSQL'}`, async (t) => {
    const { authorization, application, origin, start, tokensOf, db, clock, pass } = await peopleRealm(t, databaseUrl)
    await authorization.createAccount({ realm: 'plain/people', identifier: 'camille', password, name: 'Camille' })
    const browser = createBrowser(origin)
    const signed = await browser.submit(await browser.go(start), /\/account$/, { identifier: 'camille', password })
    const callback = landed(await browser.submit(signed, /\/decision$/, { decision: 'accept' }))
    /** The person looks at their consents; what they read is what is kept. */
    const lastUse = async () => {
      await browser.go(`${origin}${issuerPath}/consents`)
      const rows = await db.selectFrom('oidc_artifact').select('consumed_at').where('model', '=', 'Consent').execute()
      return rows.map((row) => row.consumed_at)
    }
    const use = (value: string) => authorization.verify({ kind: 'bearer', value }, 'plain')
    assert.deepEqual(await lastUse(), [null], 'agreed to and not used yet')
    pass(1000)
    const { access_token } = await tokensOf(callback)
    assert.deepEqual(await lastUse(), [clock()])
    for (const more of [60_000, 60_000]) {
      pass(more)
      assert.ok('tokenId' in (await use(access_token)))
      assert.deepEqual(await lastUse(), [clock()], 'proven in the store, then from memory')
    }
    const before = clock()
    pass(60_000)
    assert.ok('code' in (await authorization.verify({ kind: 'bearer', value: access_token }, 'another')))
    assert.deepEqual(await lastUse(), [before], 'a refused call is no use')
    await use(access_token)
    const page = await browser.go(`${origin}${issuerPath}/consents`)
    await use(access_token)
    await browser.submit(page, /\/withdraw$/, { consent: application.id })
    assert.deepEqual(await lastUse(), [], 'noting a use brings nothing back')
  })
