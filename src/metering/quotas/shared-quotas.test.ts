import assert from 'node:assert/strict'
import { after, describe, it, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Log, silentLog } from '#base'
import type { QuotaAlgorithm, QuotaCharge } from '#contract'
import { createQuotas } from './quotas.js'
import { createSharedQuotas, type SharedQuotas } from './shared-quotas.js'
import { stallableLink } from './stallable-link.fixture.js'

const keyPrefix = `portique-trial-${process.pid}-${Math.random().toString(36).slice(2)}:`
const opened: SharedQuotas[] = []
after(() => Promise.all(opened.map((quotas) => quotas.close())))

const node = (url: string, log: Log = silentLog, budgetMilliseconds = 50): SharedQuotas => {
  const quotas = createSharedQuotas({ url, localShare: 0.5, local: createQuotas(), log, keyPrefix, budgetMilliseconds })
  opened.push(quotas)
  return quotas
}
const charge = (
  subject: string,
  limit: number,
  more: { seconds?: number; algorithm?: QuotaAlgorithm } = {},
): QuotaCharge => ({
  subject,
  rule: { key: 'api', limit, periodSeconds: more.seconds ?? 3600, algorithm: more.algorithm ?? 'bucket' },
})
async function until(reached: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !reached(); turn += 1) await pause(20)
  assert.ok(reached())
}
/** A line that was cut shows only when somebody asks. */
function spendNothing(quotas: SharedQuotas): boolean {
  void quotas.spend([charge('nobody', 1)], Date.now())
  return false
}
async function admitted(
  nodes: readonly SharedQuotas[],
  charges: readonly QuotaCharge[],
  calls: number,
): Promise<number> {
  const decisions = Array.from({ length: calls }, (_, index) => nodes[index % nodes.length]?.spend(charges, Date.now()))
  return (await Promise.all(decisions)).filter((decision) => decision?.admitted).length
}

describe('quotas without the server', () => {
  it('keep to the local share, never more', async () => {
    const told: string[] = []
    const quotas = node('redis://127.0.0.1:1', { ...silentLog, error: (event) => void told.push(event) })
    assert.equal(await admitted([quotas], [charge('alone', 10)], 50), 5)
    assert.equal(await admitted([quotas], [charge('one', 1)], 50), 1)
    assert.equal(await admitted([quotas], [charge('none', 0)], 50), 0)
    const own = charge('shown', 10)
    assert.equal((await quotas.spend([own], Date.now())).states[0]?.rule, own.rule)
    await until(() => told.length > 0)
    assert.deepEqual(told, ['quota/local-share'])
  })
})

const url = process.env.VALKEY_URL
if (url === undefined) {
  test('quotas over several nodes', {
    skip: 'VALKEY_URL is not set: shared quotas are NOT tested in this run',
  }, () => {})
} else {
  describe('quotas over several nodes', () => {
    it('admit exactly the limit of a herd over two nodes, and debit both levels or none', async () => {
      for (const algorithm of ['bucket', 'fixed'] as const) {
        // The budget is generous here: this is about exactness, on a machine that may be busy.
        const nodes: SharedQuotas[] = [node(url, silentLog, 5000), node(url, silentLog, 5000)]
        await until(() => nodes.every((quotas) => !quotas.local()))
        const seconds = 86_400 * 365
        const application = charge(`application ${algorithm}`, 300, { algorithm, seconds })
        const api = charge(`api ${algorithm}`, 100, { algorithm, seconds })
        assert.equal(await admitted(nodes, [application, api], 500), 100)
        assert.equal(await admitted(nodes, [application], 300), 200)
      }
    })

    it('name the level, what remains, and a wait after which a lone client succeeds', async () => {
      const quotas = node(url, silentLog, 5000)
      await until(() => !quotas.local())
      const charges = [charge('level one', 2, { seconds: 1 }), charge('level two', 50)]
      await quotas.spend(charges, 0)
      const { admitted: second, states } = await quotas.spend(charges, 0)
      assert.ok(second)
      assert.equal(states[1]?.remaining, 48)
      let refused = await quotas.spend(charges, 0)
      for (let turn = 0; turn < 20 && refused.admitted; turn += 1) refused = await quotas.spend(charges, 0)
      assert.deepEqual([refused.admitted, refused.refusedBy, refused.retryAfterSeconds], [false, 0, 1])
      await pause(1000)
      assert.ok((await quotas.spend(charges, 0)).admitted)
      assert.equal((await quotas.spend([charge('zero', 0, { seconds: 7 })], 0)).retryAfterSeconds, 7)
    })

    it('keep what was spent when the limit changes', async () => {
      const quotas = node(url, silentLog, 5000)
      await until(() => !quotas.local())
      assert.equal(await admitted([quotas], [charge('changing', 10)], 9), 9)
      assert.equal((await quotas.spend([charge('changing', 20)], 0)).states[0]?.remaining, 10)
      assert.equal((await quotas.spend([charge('changing', 4)], 0)).admitted, false)
    })

    for (const algorithm of ['bucket', 'fixed'] as const)
      it(`grant no call twice to whoever calls on while the line comes and goes (${algorithm})`, async (t) => {
        const link = await stallableLink(url)
        t.after(() => link.close())
        const quotas = node(link.url)
        await until(() => !quotas.local())
        const limit = 20
        const own = charge(`flapping ${algorithm}`, limit, { seconds: 2, algorithm })
        const from = performance.now()
        let calls = 0
        for (let turn = 0; turn < 8; turn += 1) {
          const alone = turn % 2 === 1
          if (alone) link.cut()
          else link.mend()
          await until(() => quotas.local() === alone || spendNothing(quotas))
          const phase = performance.now()
          while (performance.now() - phase < 300) {
            if ((await quotas.spend([own], Date.now())).admitted) calls += 1
            await pause(2)
          }
        }
        const periods = (performance.now() - from) / 2_000
        const allowed = algorithm === 'bucket' ? limit * (1 + periods) : limit * (Math.floor(periods) + 2)
        assert.ok(calls <= allowed, `${calls} of ${allowed} in ${periods} periods`)
        assert.ok(calls >= limit)
      })

    for (const fault of ['stall', 'cut'] as const) {
      it(`fall to the local share with an alarm on a ${fault}, and come back by themselves`, async () => {
        const told: string[] = []
        const tell = (event: string) => void told.push(event)
        const link = await stallableLink(url)
        const quotas = node(link.url, { ...silentLog, error: tell, info: tell })
        await until(() => !quotas.local())
        told.length = 0
        link[fault]()
        assert.equal(await admitted([quotas], [charge(`during ${fault}`, 20)], 100), 10)
        assert.ok(quotas.local())
        assert.deepEqual(told, ['quota/local-share'])
        if (fault === 'stall') link.release()
        else link.mend()
        await until(() => !quotas.local())
        assert.ok(told.includes('quota/shared-again'))
        await quotas.close()
        await link.close()
      })
    }
  })
}
