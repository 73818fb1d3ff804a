import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectNames, dialectOf } from '#contract'
import { steps } from './run-steps.js'

for (const name of dialectNames)
  test(`${name} leaves out no step, has none twice, and charges for nothing that is known to be refused`, () => {
    const { order } = dialectOf(name)
    assert.deepEqual([...order].sort(), Object.keys(steps).sort())
    for (const free of ['body', 'load', 'verify', 'subscription'] as const)
      assert.ok(order.indexOf(free) < order.indexOf('quota'), `${free} comes before the quota`)
  })
