import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAccess } from '#access'
import { createAuthorization } from '#authorization'
import { randomIdentifiers, silentLog } from '#base'
import { dialectOf } from '#contract'
import type { Store } from '#storage'
import { artifactKey } from '../../src/authorization/artifact-key.js'
import { createConsents } from '../../src/authorization/consents/consents.js'
import { createGivenGrants } from '../../src/authorization/consents/given-grants.js'
import { createLastUse } from '../../src/authorization/consents/last-use.js'
import { createSignInAudit } from '../../src/authorization/sign-in/audit.js'
import { exampleCatalog } from '../example/catalog.js'
import { makeExampleKey } from '../example/signing-key.js'
import { exampleStore } from '../example/store.js'
import { standardPeople } from './standard-people.js'

const databaseUrl = process.env.DATABASE_URL

/** A node's authorization room, on a store of its own. */
async function node(t: TestContext, store: Store, vault: Parameters<typeof createAuthorization>[0]['vault']) {
  const catalog = exampleCatalog([standardPeople], [])
  const common = { store, vault, clock: Date.now, log: silentLog }
  const access = await createAccess({ ...common, catalog, identifiers: randomIdentifiers })
  const authorization = await createAuthorization({
    ...common,
    access,
    platforms: [standardPeople],
    dialectOf,
    authorizationUrl: 'http://127.0.0.1:1',
    makeKey: makeExampleKey,
  })
  t.after(async () => {
    await authorization.close()
    await access.close()
  })
  return { access, authorization }
}

/** A person's token with its grant, as the library leaves them. */
async function given({ db }: Store, clientId: string, token: string) {
  const rest = {
    realm: 'plain/people',
    client_id: clientId,
    owner: null,
    consumed_at: null,
    expires_at: Date.now() + 100_000,
  }
  const payload = JSON.stringify({ scope: 'openid', accountId: 'usr_someone' })
  await db
    .insertInto('oidc_artifact')
    .values([
      {
        ...rest,
        id_hash: artifactKey('grant-of-someone'),
        model: 'Grant',
        grant_id: 'grant-of-someone',
        uid: artifactKey('usr_someone'),
        payload,
      },
      { ...rest, id_hash: artifactKey(token), model: 'AccessToken', grant_id: 'grant-of-someone', uid: null, payload },
    ])
    .execute()
}

const token = 'a-token-of-a-person-signed-in-0123456789'
const skip = databaseUrl === undefined ? 'without DATABASE_URL there is one node only' : false

for (const cut of [false, true])
  test(`a withdrawal on one node is in force on the other within a second${cut ? ', its change feed cut' : ''}`, {
    skip,
  }, async (t) => {
    const { store, another, vault } = await exampleStore(t, databaseUrl)
    const other = await another()
    let silent = false
    const deaf: Store = {
      ...other,
      kind: other.kind,
      db: other.db,
      transaction: (work) => other.transaction(work),
      feed: {
        publish: (...change) => other.feed.publish(...change),
        subscribe: (listener) => other.feed.subscribe((change) => !silent && listener(change)),
        silentMilliseconds: () => (silent ? 2000 : other.feed.silentMilliseconds()),
      },
    }
    const here = await node(t, store(), vault)
    const { application } = await here.access.createApplication({
      ...{ name: 'Démo', platform: 'plain', environment: 'production', actor: 'test' },
      redirectUris: ['https://rp.example/callback'],
    })
    await given(store(), application.id, token)
    const there = await node(t, deaf, vault)
    const verify = async () => there.authorization.verify({ kind: 'bearer', value: token }, 'plain')
    assert.ok('tokenId' in (await verify()), 'known there, and kept in memory')
    silent = cut
    const common = { store: store(), clock: Date.now, realm: 'plain/people' }
    const lastUse = createLastUse({ ...common, log: silentLog })
    t.after(lastUse.close)
    const audit = createSignInAudit({ ...common, identifiers: randomIdentifiers, key: 'k' })
    const consents = createConsents({ ...common, lastUse, audit, grants: createGivenGrants({ ...common, vault }) })
    assert.equal(await consents.withdraw('usr_someone', application.id), true)
    if (!cut) await sleep(1000)
    const answer = await verify()
    assert.ok('code' in answer && answer.code === 'token/invalid', JSON.stringify(answer))
  })
