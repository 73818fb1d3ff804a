import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { nodesCall, sharedServeNodes } from '../sign-in/serve-nodes.js'
import { head, sendRaw } from '../start/raw.js'
import { tokenCommand } from './token-story.js'

const databaseUrl = process.env.DATABASE_URL

describe('long-lived tokens over two nodes', { skip: databaseUrl === undefined && 'DATABASE_URL is not set' }, () => {
  if (databaseUrl === undefined) return
  const nodes = sharedServeNodes(databaseUrl, [
    { file: 'platform.yaml', from: 'dialect: standard', to: 'dialect: standard\ntokens: { kind: jwt }' },
  ])
  const run = (...parameters: readonly string[]) => {
    const { place } = nodes()
    return tokenCommand(
      { place: { ...place, environment: { ...place.environment, PORTIQUE_DATA: join(place.folder, 'one') } } },
      ...parameters,
    )
  }
  const make = async () => {
    const made = await run('create', nodes().client.client_id, '--scope', 'annuaire')
    const read = (name: string) => new RegExp(`^ +${name} +(\\S+)$`, 'm').exec(made)?.[1] ?? ''
    return { id: read('id'), token: read('token') }
  }
  const call = async (node: number, token: string) => {
    const host = new URL(nodes().gatewayUrl).host
    const answer = await sendRaw(
      nodes().ports[node] ?? 0,
      head(`GET ${nodesCall} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${token}`),
    )
    return answer.status
  }
  const both = (token: string) => Promise.all([call(0, token), call(1, token)])
  /** Polls the node; the milliseconds until it refuses, and whether it ever admitted again. */
  const refusedWithin = async (node: number, token: string, milliseconds: number) => {
    const start = performance.now()
    while ((await call(node, token)) === 200) assert.ok(performance.now() - start < milliseconds, 'still admitted')
    const taken = performance.now() - start
    for (let again = 0; again < 5; again += 1) assert.notEqual(await call(node, token), 200)
    return taken
  }

  test('made on one node, a token opens both; revoked on one, the next call there and within a second elsewhere is refused', async (t) => {
    const { id, token } = await make()
    assert.deepEqual(await both(token), [200, 200])
    await run('revoke', id)
    assert.equal(await call(0, token), 401)
    t.diagnostic(`the other node after ${Math.round(await refusedWithin(1, token, 1_500))} ms`)
  })

  test('limits set on one node hold there at the next call, and within a second elsewhere', async (t) => {
    const { id, token } = await make()
    assert.deepEqual(await both(token), [200, 200])
    await run('set', id, '--allow-from', '203.0.113.0/24')
    assert.notEqual(await call(0, token), 200)
    t.diagnostic(`the other node after ${Math.round(await refusedWithin(1, token, 1_500))} ms`)
  })

  test('a key rotated on one node signs for both; texts of before end on both', async () => {
    const { id, token } = await make()
    assert.deepEqual(await both(token), [200, 200])
    await run('rotate-key', '--overlap', '0')
    const again = /^ +token +(\S+)$/m.exec(await run('show', id))?.[1] ?? ''
    await refusedWithin(0, token, 1_500)
    await refusedWithin(1, token, 1_500)
    await sleep(300)
    assert.deepEqual(await both(again), [200, 200])
  })

  test('of 20 replacements at once from both nodes one wins', async () => {
    const { id } = await make()
    const { place } = nodes()
    const at = (name: string) => ({
      ...place,
      environment: { ...place.environment, PORTIQUE_DATA: join(place.folder, name) },
    })
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        tokenCommand({ place: at(index % 2 === 0 ? 'one' : 'two') }, 'replace', id),
      ),
    )
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  })
})
