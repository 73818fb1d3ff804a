import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { after, describe, it, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { silentLog } from '#base'
import { createQuotas } from '../quotas/quotas.js'
import { createSharedQuotas, type SharedQuotas } from '../quotas/shared-quotas.js'
import { stallableLink } from '../quotas/stallable-link.fixture.js'
import { createSharedFlights } from './shared-flights.js'

const trial = `portique-trial-${process.pid}-${randomBytes(4).toString('hex')}:`
const secret = randomBytes(32)
const digest = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
const call = '["token","api-particulier/dss-quotient-familial/3","GET",["identite"],"nomNaissance=MARTIN"]'
const opened: SharedQuotas[] = []
after(() => Promise.all(opened.map((quotas) => quotas.close())))

/** A node; its budget is generous, on a machine that may be busy. */
function node(url: string, budgetMilliseconds = 5_000) {
  const quotas = createSharedQuotas({
    ...{ url, localShare: 0.5, local: createQuotas(), log: silentLog, keyPrefix: trial, budgetMilliseconds },
  })
  opened.push(quotas)
  return { quotas, mark: createSharedFlights({ link: quotas.link, digest, keyPrefix: trial }) }
}
async function until(reached: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !reached(); turn += 1) await pause(20)
  assert.ok(reached())
}
const met = ({ quotas }: ReturnType<typeof node>) => until(() => !quotas.local())

test('without the server each node stands alone, and says so of no call', async () => {
  const { mark } = node('redis://127.0.0.1:1')
  for (let again = 0; again < 3; again += 1) assert.equal(typeof (await mark(call)), 'function')
})

const url = process.env.VALKEY_URL
if (url === undefined)
  test('calls under way over several nodes', {
    skip: 'VALKEY_URL is not set: what nodes tell each other is NOT tested in this run',
  }, () => {})
else
  describe('calls under way over several nodes', () => {
    it('are told apart: of the same call at once on many nodes one goes, until it ends', async () => {
      const nodes = [node(url), node(url), node(url)]
      await Promise.all(nodes.map(met))
      for (let round = 0; round < 20; round += 1) {
        const name = `${call} ${round}`
        const ends = await Promise.all(nodes.map(({ mark }) => mark(name)))
        const [end, ...others] = ends.filter((each) => each !== null)
        assert.ok(end !== undefined && others.length === 0)
        await end()
        const next = (ends.indexOf(end) + 1) % nodes.length
        const again = await nodes[next]?.mark(name)
        assert.ok(again, 'at once, on any node')
        await again()
      }
    })

    it('end their own mark, never that of the call that took its place', async () => {
      const [one, two] = [node(url), node(url)]
      await Promise.all([met(one), met(two)])
      const first = await one.mark('taken over')
      assert.ok(first)
      await inServer((client) => client.sendCommand(['DEL', trial + digest('flight taken over')]))
      const second = await two.mark('taken over')
      assert.ok(second)
      await first()
      assert.equal(await one.mark('taken over'), null)
      await second()
    })

    it('leave no name of anybody in the server, and nothing for longer than a minute', async () => {
      const one = node(url)
      await met(one)
      const end = await one.mark(call)
      assert.ok(end)
      const [keys, left] = await inServer(async (client) => {
        const found = await client.sendCommand(['KEYS', `${trial}*`])
        return [String(found), Number(await client.sendCommand(['PTTL', trial + digest(`flight ${call}`)]))] as const
      })
      assert.ok(left > 0 && left <= 60_000, `${left}`)
      assert.doesNotMatch(keys, /MARTIN|token/)
      await end()
    })

    for (const fault of ['stall', 'cut'] as const)
      it(`wait for nobody on a ${fault}, and are told apart again afterwards`, async () => {
        const link = await stallableLink(url)
        const far = node(link.url, 50)
        const near = node(url)
        await Promise.all([met(far), met(near)])
        link[fault]()
        const name = `during ${fault}`
        const [other, own] = [await near.mark(name), await far.mark(name)]
        assert.ok(other && own, 'it stands alone')
        assert.ok(far.quotas.local(), 'and knows it: the next call does not ask')
        await own()
        if (fault === 'stall') link.release()
        else link.mend()
        await met(far)
        assert.equal(await far.mark(name), null, 'the other node has it under way still')
        await other()
        await far.quotas.close()
        await link.close()
      })
  })

async function inServer<T>(work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
  const client = createClient({ url: (url ?? '').replace(/^valkey/, 'redis') })
  client.on('error', () => {})
  await client.connect()
  const result = await work(client as ReturnType<typeof createClient>)
  client.destroy()
  return result
}
