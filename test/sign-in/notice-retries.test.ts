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
  const { notices, withdrawal, lines } = await example(t, async (request, response) => {
    tries += 1
    bodies.add(Buffer.concat(await request.toArray()).toString())
    response.writeHead(500).end()
  })
  await notices.withdrawn(withdrawal)
  while (lines.at(-1)?.givenUp !== true) await pause(5)
  await pause(100)
  assert.deepEqual([tries, bodies.size], [delaysMilliseconds.length, 1])
  assert.deepEqual(
    lines.map(({ givenUp }) => givenUp),
    [false, false, false, true],
  )
})

test('a redirect is not followed: it is a failure like another', async (t) => {
  const asked: string[] = []
  const { notices, withdrawal, lines } = await example(t, (request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(307, { Location: '/inside' }).end()
  })
  await notices.withdrawn(withdrawal)
  while (lines.at(-1)?.givenUp !== true) await pause(5)
  assert.deepEqual(new Set(asked), new Set(['/events']))
})

test('an address that never answers is left after five seconds', async (t) => {
  const { notices, withdrawal, lines } = await example(t, () => {}, [0])
  await notices.withdrawn(withdrawal)
  assert.match(String(lines[0]?.status), /abort|timeout/i)
})

async function example(t: TestContext, answer: RequestListener, delays: readonly number[] = delaysMilliseconds) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { store, vault } = await exampleStore(t, undefined)
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
  const notices = createNotices({
    ...{ access, clock: Date.now, log, identifiers: randomIdentifiers, issuer: 'https://connexion.example/people' },
    keys: () => realmKeys(needs, 'plain/people', 'RS256'),
    eventNetworks: ['127.0.0.0/8'],
    delaysMilliseconds: delays,
  })
  t.after(async () => {
    notices.close()
    await access.close()
    server.close().closeAllConnections()
  })
  return { notices, lines, withdrawal: { accountId: 'usr_someone', clientId: application.id } }
}
