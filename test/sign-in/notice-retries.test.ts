import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createAccess } from '#access'
import { type Log, randomIdentifiers, silentLog } from '#base'
import { createNotices } from '../../src/authorization/consents/notices.js'
import { realmKeys } from '../../src/authorization/realm-keys.js'
import { exampleCatalog } from '../example/catalog.js'
import { exampleStore } from '../example/store.js'
import { standardPeople } from './standard-people.js'

const delaysMilliseconds = [0, 10, 20, 30]

test('a notice that is refused is sent again, the same, and given up after the last try', async (t) => {
  const bodies = new Set<string>()
  let tries = 0
  const { notices, owe, left, lines } = await example(t, async (request, response) => {
    tries += 1
    bodies.add(Buffer.concat(await request.toArray()).toString())
    response.writeHead(500).end()
  })
  await owe()
  await notices.send()
  while (lines.at(-1)?.givenUp !== true) await pause(5)
  await pause(100)
  assert.deepEqual([tries, bodies.size], [delaysMilliseconds.length, 1])
  assert.deepEqual(await left(), [])
  assert.deepEqual(
    lines.map(({ givenUp }) => givenUp),
    [false, false, false, true],
  )
})

test('a redirect is not followed: it is a failure like another', async (t) => {
  const asked: string[] = []
  const { notices, owe, lines } = await example(t, (request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(307, { Location: '/inside' }).end()
  })
  await owe()
  await notices.send()
  while (lines.at(-1)?.givenUp !== true) await pause(5)
  assert.deepEqual(new Set(asked), new Set(['/events']))
})

test('an address that never answers is left after five seconds', async (t) => {
  const { notices, owe, lines } = await example(t, () => {}, { delays: [0] })
  await owe()
  await notices.send()
  assert.match(String(lines[0]?.status), /abort|timeout/i)
})

const { DATABASE_URL } = process.env
const stores = [undefined, ...(DATABASE_URL === undefined ? [] : [DATABASE_URL])]

for (const databaseUrl of stores)
  test(`what was owed when a process ended is sent by the next one, once, whoever looks${databaseUrl === undefined ? '' : ', on PostgreSQL'}`, async (t) => {
    const bodies: string[] = []
    const { owe, open, left } = await example(
      t,
      async (request, response) => {
        bodies.push(Buffer.concat(await request.toArray()).toString())
        response.writeHead(202).end()
      },
      { databaseUrl },
    )
    await owe()
    const nodes = [open(), open(), open()]
    await Promise.all(nodes.map((node) => node.send()))
    assert.equal(bodies.length, 1)
    assert.deepEqual(await left(), [])
    await Promise.all(nodes.map((node) => node.close()))
  })

async function example(
  t: TestContext,
  answer: RequestListener,
  { delays = delaysMilliseconds as readonly number[], databaseUrl = undefined as string | undefined } = {},
) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { store, vault } = await exampleStore(t, databaseUrl)
  const lines: Record<string, unknown>[] = []
  const log: Log = { ...silentLog, warn: (_, fields) => void lines.push({ ...fields }) }
  const needs = { store: store(), vault, clock: Date.now, log }
  const access = await createAccess({
    ...needs,
    catalog: exampleCatalog([standardPeople], []),
    identifiers: randomIdentifiers,
  })
  const { application } = await access.createApplication({
    ...{ name: 'Avec adresse', platform: 'plain', environment: 'production', actor: 'test' },
    eventUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
  })
  const open = () =>
    createNotices({
      ...{ store: store(), realm: 'plain/people', access, clock: Date.now, log, identifiers: randomIdentifiers },
      issuer: 'https://connexion.example/people',
      keys: () => realmKeys(needs, 'plain/people', 'RS256'),
      eventNetworks: ['127.0.0.0/8'],
      delaysMilliseconds: delays,
    })
  const notices = open()
  const owe = () => store().transaction((transaction) => notices.owe(transaction, withdrawal))
  const withdrawal = { accountId: 'usr_someone', clientId: application.id }
  const left = () => store().db.selectFrom('oidc_artifact').select('id_hash').where('model', '=', 'Notice').execute()
  t.after(async () => {
    await notices.close()
    await access.close()
    server.close().closeAllConnections()
  })
  return { notices, lines, owe, open, left }
}
