import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as openid from 'openid-client'
import { createBrowser } from './browser.js'
import { landed } from './people.js'
import { peopleRealm } from './people-realm.js'
import { issuerPath } from './standard-people.js'

const password = 'un cheval saute la haie'
const realm = 'plain/people'

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'embedded store' : 'PostgreSQL'

  test(`the log says under a page's reference why it was refused, on the ${kind}`, async (t) => {
    const { origin, start, logged, application } = await peopleRealm(t, databaseUrl)
    const stray = new URL(start)
    stray.searchParams.set('redirect_uri', 'https://elsewhere.example/')
    const silent = new URL(start)
    silent.searchParams.set('prompt', 'none')
    const browser = createBrowser(origin)
    for (const [url, error, client] of [
      [stray, 'invalid_redirect_uri', application.id],
      [new URL(`${origin}${issuerPath}/interaction/unknown`), 'expired', ''],
    ] as const) {
      const page = await browser.go(url)
      const reference = /class="reference">([^<]+)</.exec(page.text)?.[1]
      assert.ok(reference, page.text)
      const lines = logged('authorization.refused').filter(({ requestId }) => requestId === reference)
      assert.equal(lines.length, 1, error)
      assert.deepEqual(
        { ...lines[0], time: '', reason: '' },
        {
          ...{ time: '', level: 'warn', event: 'authorization.refused' },
          ...{ requestId: reference, realm, client, error, address: '127.0.0.1', reason: '' },
        },
      )
      assert.ok(lines[0].reason.length > 0)
    }
    const claims = await fetch(`${origin}${issuerPath}/userinfo`, { headers: { authorization: 'Bearer stranger' } })
    assert.equal(claims.status, 401)
    const told = logged('authorization.refused').filter(
      ({ requestId }) => requestId === claims.headers.get('x-request-id'),
    )
    assert.deepEqual(
      told.map(({ client, error }) => [client, error]),
      [['', 'invalid_token']],
    )
    const person = 'alice.martin@exemple.fr'
    const asked = (changes: Readonly<Record<string, string>>, more = '') => {
      const url = new URL(start)
      for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value)
      return new URL(`${url}${more}`)
    }
    const before = logged('authorization.refused').length
    for (const url of [
      asked({ client_id: person }),
      asked({ id_token_hint: Buffer.from(person).toString('base64url') }),
      asked({ client_id: person }, `&${person}=1&${person}=2`),
    ])
      await browser.go(url)
    const lines = logged('authorization.refused').slice(before)
    assert.equal(lines.length, 3)
    assert.doesNotMatch(JSON.stringify(lines), /alice/)
    landed(await browser.go(silent))
    assert.equal(logged('authorization.refused').at(-1)?.error, 'login_required')
    assert.equal(logged('authorization.refused').at(-1)?.level, 'info')
  })

  test(`a code and a refresh token that are used again are on record, on the ${kind}`, async (t) => {
    const { origin, start, tokensOf, configuration, authorization, application, db, logged } = await peopleRealm(
      t,
      databaseUrl,
    )
    await authorization.createAccount({ realm, identifier: 'camille', password, name: 'Camille Durand' })
    const browser = createBrowser(origin)
    let page = await browser.submit(await browser.go(start), /\/account$/, { identifier: 'camille', password })
    page = await browser.submit(page, /\/decision$/, { decision: 'accept' })
    const callback = landed(page)
    await tokensOf(callback)
    await assert.rejects(tokensOf(callback), { error: 'invalid_grant' })
    const { refresh_token = '' } = await tokensOf(landed(await browser.go(start)))
    await openid.refreshTokenGrant(configuration, refresh_token)
    await assert.rejects(openid.refreshTokenGrant(configuration, refresh_token), { error: 'invalid_grant' })
    const noted = () =>
      db.selectFrom('audit').selectAll().where('action', '=', 'authorization.reused').orderBy('at').execute()
    while ((await noted()).length < 2) await sleep(10)
    assert.deepEqual(
      (await noted()).map(({ actor, detail }) => [actor, JSON.parse(detail)]),
      ['code', 'refresh token'].map((each) => [`application:${application.id}`, { realm, kind: each }]),
    )
    assert.equal(logged('authorization.reused').length, 2)
  })
}
