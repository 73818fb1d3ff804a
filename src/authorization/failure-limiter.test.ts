import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFailureLimiter } from './failure-limiter.js'

test('waiting as long as told always lets one go on; keys do not disturb each other', () => {
  let now = 0
  const limiter = createFailureLimiter({ limit: 2, periodMilliseconds: 60_000, keysMax: 10, clock: () => now })
  limiter.fail('a')
  now += 10_500
  assert.equal(limiter.waitSeconds('a'), 0)
  limiter.fail('a')
  assert.equal(limiter.waitSeconds('a'), 50)
  assert.equal(limiter.waitSeconds('b'), 0)
  now += 50_000
  assert.equal(limiter.waitSeconds('a'), 0)
})

test('made-up keys cost a bounded memory: the oldest is forgotten', () => {
  const limiter = createFailureLimiter({ limit: 1, periodMilliseconds: 1000, keysMax: 3, clock: () => 0 })
  for (const key of ['a', 'b', 'c', 'd']) limiter.fail(key)
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => limiter.waitSeconds(key)),
    [0, 1, 1, 1],
  )
})
