import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QuotaCharge, QuotaRule } from '#contract'
import { localShare } from './local-share.js'
import { createQuotas } from './quotas.js'
import { SpentAlone } from './spent-alone.js'

const limit = 20
const period = 2_000
const start = 1_000_000 * period

/** A node with half of each limit, whose shared counter told at `at` that `spent` calls were made. */
function standing(algorithm: QuotaRule['algorithm'], spent: number, at: number) {
  const charge: QuotaCharge = { rule: { key: 'api', limit, periodSeconds: period / 1_000, algorithm }, subject: 'a' }
  const share = localShare(createQuotas(), 0.5)
  const alone = new SpentAlone(share)
  const resetMilliseconds = algorithm === 'fixed' ? period - (at % period) : (spent * period) / limit
  share.follow([charge], [{ rule: charge.rule, remaining: limit - spent, resetMilliseconds }], at)
  const grant = (calls: number, now: number) => {
    let granted = 0
    for (let call = 0; call < calls; call += 1) {
      alone.note([charge], now)
      if (share.spend([charge], now).admitted) granted += 1
    }
    return granted
  }
  const told = (now: number) => alone.take(10, now).reduce((sum, { calls }) => sum + calls, 0)
  return { grant, told }
}

test('calls granted alone in a new window are told, however many the window before had seen', () => {
  const { grant, told } = standing('fixed', limit, start + 1_900)
  assert.equal(grant(5, start + 1_950), 0)
  assert.equal(grant(30, start + period + 10), 10)
  assert.equal(told(start + period + 20), 10)
})

test('within one window only those granted alone are told, all of them', () => {
  const { grant, told } = standing('fixed', 10, start + 100)
  assert.equal(grant(30, start + 200), 5)
  assert.equal(told(start + 1_500), 5)
})

test('what was granted in a window that is over is owed to nobody', () => {
  const { grant, told } = standing('fixed', 0, start)
  assert.equal(grant(30, start + 10), 10)
  assert.equal(told(start + period), 0)
})

test('of a bucket no call is forgotten, and what has been paid back is not told', () => {
  const { grant, told } = standing('bucket', limit, start)
  const granted = grant(30, start + 1_000)
  assert.equal(granted, 5)
  const calls = told(start + 1_000)
  assert.ok(calls >= granted && calls <= granted + 1, `${calls}`)
  const { grant: again, told: later } = standing('bucket', 0, start)
  assert.equal(again(30, start), 10)
  assert.equal(later(start + 3 * period), 0)
})
