import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { QuotaAlgorithm, QuotaCharge, QuotaRule } from '#contract'
import { naiveQuotas } from './naive-quotas.fixture.js'
import { createQuotas } from './quotas.js'

const start = 1_790_000_000_123
const rule = (limit: number, periodSeconds: number, algorithm: QuotaAlgorithm = 'bucket'): QuotaRule => ({
  key: 'api',
  limit,
  periodSeconds,
  algorithm,
})
const charge = (own: QuotaRule, subject = 'api|production|demo/annuaire/1'): QuotaCharge => ({ rule: own, subject })

const anyRule = fc.record({
  key: fc.constant<'api'>('api'),
  limit: fc.integer({ min: 1, max: 12 }),
  periodSeconds: fc.constantFrom(1, 2, 3, 7, 10, 60),
  algorithm: fc.constantFrom<QuotaAlgorithm>('bucket', 'fixed'),
})
const anyCharges = fc
  .array(anyRule, { minLength: 1, maxLength: 3 })
  .map((rules) => rules.map((own, index) => charge(own, `level ${index}`)))
const anyStart = fc.integer({ min: start, max: start + 120_000 })
const anyGaps = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 9000 })),
  {
    maxLength: 60,
  },
)
const anyJumps = fc.array(fc.integer({ min: -7_200_000, max: 2000 }), { minLength: 1, maxLength: 60 })

describe('quotas', () => {
  it('decide as the plain model does, with no debit of a refused call at any level', () => {
    fc.assert(
      fc.property(anyCharges, anyStart, anyGaps, (charges, from, gaps) => {
        const quotas = createQuotas()
        const model = naiveQuotas()
        let now = from
        for (const gap of gaps) {
          now += gap
          assert.equal(quotas.spend(charges, now).admitted, model.admits(charges, now))
        }
      }),
    )
  })

  it('decide as the plain model does when callers share one level and not the other', () => {
    const caller = fc.record({ gap: fc.integer({ min: 0, max: 700 }), who: fc.integer({ min: 0, max: 2 }) })
    fc.assert(
      fc.property(anyRule, anyRule, anyStart, fc.array(caller, { maxLength: 80 }), (own, shared, from, calls) => {
        const quotas = createQuotas()
        const model = naiveQuotas()
        let now = from
        for (const { gap, who } of calls) {
          now += gap
          const charges = [charge(own, `application ${who}`), charge(shared, 'api')]
          assert.equal(quotas.spend(charges, now).admitted, model.admits(charges, now))
        }
      }),
    )
  })

  it('admit a lone client that waits exactly as long as told, whatever the clock did before', () => {
    fc.assert(
      fc.property(anyCharges, anyStart, fc.oneof(anyGaps, anyJumps), (charges, from, moves) => {
        const quotas = createQuotas()
        let now = from
        for (const move of moves) {
          now += move
          const decision = quotas.spend(charges, now)
          if (decision.admitted) continue
          const seconds = decision.retryAfterSeconds ?? Number.NaN
          assert.ok(Number.isInteger(seconds) && seconds >= 1)
          now += seconds * 1000
          assert.ok(quotas.spend(charges, now).admitted)
        }
      }),
    )
  })

  it('never make anybody wait longer than one period and the tolerated disorder, even when the clock is set back', () => {
    fc.assert(
      fc.property(anyRule, anyStart, anyJumps, (own, from, jumps) => {
        const quotas = createQuotas()
        let now = from
        for (const jump of jumps) {
          now += jump
          const { retryAfterSeconds = 0 } = quotas.spend([charge(own)], now)
          assert.ok(retryAfterSeconds <= own.periodSeconds + 2)
        }
      }),
    )
  })

  it('admit at most limit + limit × t / period calls in any time t of a bucket, and at most limit in any fixed window', () => {
    fc.assert(
      fc.property(anyRule, anyStart, anyGaps, (own, from, gaps) => {
        const quotas = createQuotas()
        const admitted: number[] = []
        let now = from
        for (const gap of gaps) {
          now += gap
          while (quotas.spend([charge(own)], now).admitted) admitted.push(now)
        }
        const period = own.periodSeconds * 1000
        for (const [first, opening] of admitted.entries()) {
          for (let last = first; last < admitted.length; last += 1) {
            const closing = admitted[last] ?? 0
            const calls = last - first + 1
            if (own.algorithm === 'bucket') assert.ok(calls * period <= own.limit * (period + closing - opening))
            else if (Math.floor(opening / period) === Math.floor(closing / period)) assert.ok(calls <= own.limit)
          }
        }
      }),
    )
  })

  it('give nothing away to a clock that is set back', () => {
    fc.assert(
      fc.property(anyRule, anyStart, anyJumps, (own, from, jumps) => {
        const quotas = createQuotas()
        const period = own.periodSeconds * 1000
        let now = from
        let forward = 0
        let windows = 1
        let admitted = 0
        for (const jump of jumps) {
          if (jump > 0) forward += jump
          windows += Math.max(0, Math.floor((now + jump) / period) - Math.floor(now / period))
          now += jump
          while (quotas.spend([charge(own)], now).admitted) admitted += 1
        }
        if (own.algorithm === 'bucket') assert.ok(admitted * period <= own.limit * (period + forward))
        else assert.ok(admitted <= own.limit * windows)
      }),
    )
  })

  it('gain nothing from callers whose clock readings arrive in disorder', () => {
    const quotas = createQuotas()
    const charges = [charge(rule(10, 1))]
    let admitted = 0
    for (let turn = 0; turn < 100; turn += 1) {
      if (quotas.spend(charges, start).admitted) admitted += 1
      if (quotas.spend(charges, start - 1500).admitted) admitted += 1
    }
    assert.equal(admitted, 10)
  })

  it('name the level with the longest wait, what remains and when each level is whole again', () => {
    const quotas = createQuotas()
    const charges = [charge(rule(2, 1), 'application'), charge(rule(3, 60, 'fixed'), 'api')]
    const minute = 60_000 * Math.ceil(start / 60_000)
    assert.deepEqual(quotas.spend(charges, minute), {
      admitted: true,
      states: [
        { rule: charges[0]?.rule, remaining: 1, resetMilliseconds: 500 },
        { rule: charges[1]?.rule, remaining: 2, resetMilliseconds: 60_000 },
      ],
    })
    quotas.spend(charges, minute)
    const byApplication = quotas.spend(charges, minute)
    assert.deepEqual([byApplication.refusedBy, byApplication.retryAfterSeconds], [0, 1])
    assert.equal(byApplication.states[1]?.remaining, 1)
    quotas.spend(charges, minute + 1000)
    const byApi = quotas.spend(charges, minute + 2000)
    assert.deepEqual([byApi.refusedBy, byApi.retryAfterSeconds], [1, 58])
    assert.equal(byApi.states[0]?.remaining, 2)
  })

  it('refuse always at limit 0, and at a limit that is no number', () => {
    for (const limit of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const decision = createQuotas().spend([charge(rule(limit, 30))], start)
      assert.equal(decision.admitted, false)
      assert.equal(decision.retryAfterSeconds, 30)
      assert.equal(decision.states[0]?.remaining, 0)
    }
  })

  it('keep exact with the largest rules', () => {
    for (const own of [rule(5_000_000, 31_536_000), rule(999_983, 31_536_001), rule(1_000_003, 1)]) {
      const quotas = createQuotas()
      const { states } = quotas.spend([charge(own)], start)
      assert.equal(states[0]?.remaining, own.limit - 1)
      const whole = states[0]?.resetMilliseconds ?? 0
      assert.ok(whole >= 1 && whole <= Math.ceil((own.periodSeconds * 1000) / own.limit) + 1)
      assert.equal(quotas.spend([charge(own)], start + whole).states[0]?.remaining, own.limit - 1)
    }
  })

  it('keep two windows of one subject apart', () => {
    const quotas = createQuotas()
    const charges = [charge(rule(5, 1, 'fixed')), charge(rule(7, 3600, 'fixed'))]
    const hour = 3_600_000 * Math.ceil(start / 3_600_000)
    const admitted = (at: number) =>
      Array.from({ length: 9 }, () => quotas.spend(charges, at)).filter((d) => d.admitted)
    assert.equal(admitted(hour).length, 5)
    assert.equal(admitted(hour + 1000).length, 2)
    assert.equal(quotas.spend(charges, hour + 2000).refusedBy, 1)
  })

  it('keep what was spent when the rule changes, and whichever object says so', () => {
    for (const algorithm of ['bucket', 'fixed'] as const) {
      const quotas = createQuotas()
      for (let call = 0; call < 9; call += 1) quotas.spend([charge(rule(10, 3600, algorithm))], start)
      const raised = quotas.spend([charge(rule(20, 3600, algorithm))], start)
      assert.equal(raised.states[0]?.remaining, 10)
      const lowered = quotas.spend([charge(rule(4, 3600, algorithm))], start)
      assert.equal(lowered.admitted, false)
      assert.ok((lowered.retryAfterSeconds ?? 0) <= 3600)
    }
  })

  it('forget counters that are whole again, and no other', () => {
    const quotas = createQuotas()
    for (let index = 0; index < 1000; index += 1) quotas.spend([charge(rule(2, 1), `token ${index}`)], start)
    quotas.spend([charge(rule(2, 3600, 'fixed'), 'slow')], start)
    quotas.sweep(start + 100)
    assert.equal(quotas.size(), 1001)
    quotas.sweep(start + 1000)
    quotas.sweep(start + 1000)
    assert.equal(quotas.size(), 1)
    assert.equal(quotas.spend([charge(rule(2, 3600, 'fixed'), 'slow')], start + 1000).states[0]?.remaining, 0)
  })

  it('stay within their capacity: newcomers take the place of whole counters, or wait', () => {
    const quotas = createQuotas({ capacity: 100 })
    const spend = (subject: string, now: number) => quotas.spend([charge(rule(1, 1), subject)], now)
    for (let index = 0; index < 100; index += 1) assert.ok(spend(`token ${index}`, start).admitted)
    const refused = spend('newcomer', start)
    assert.deepEqual([refused.admitted, refused.refusedBy, refused.retryAfterSeconds], [false, 0, 1])
    assert.equal(quotas.refusedForRoom(), 1)
    assert.equal(spend('token 5', start).admitted, false)
    assert.ok(spend('newcomer', start + 1000).admitted)
    for (let index = 0; index < 5000; index += 1) assert.ok(spend(`later ${index}`, start + 2000 + index * 20).admitted)
    assert.ok(quotas.size() <= 100)
  })

  it('admit exactly the limit of a herd', () => {
    const quotas = createQuotas()
    const charges = [charge(rule(300, 60), 'application'), charge(rule(100, 60), 'api')]
    const decisions = Array.from({ length: 500 }, () => quotas.spend(charges, start))
    assert.equal(decisions.filter((decision) => decision.admitted).length, 100)
    assert.equal(decisions[499]?.states[0]?.remaining, 200)
  })

  it('admit without rules, and survive a clock that is no number', () => {
    const quotas = createQuotas()
    assert.deepEqual(quotas.spend([], start), { admitted: true, states: [] })
    const charges = [charge(rule(1, 1))]
    assert.ok(quotas.spend(charges, start).admitted)
    assert.equal(quotas.spend(charges, Number.NaN).admitted, false)
    assert.ok(quotas.spend(charges, start + 1000).admitted)
  })
})
