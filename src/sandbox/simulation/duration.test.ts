import assert from 'node:assert/strict'
import { it } from 'node:test'
import { durationMilliseconds } from './duration.js'

const cases: readonly (readonly [string, number | null])[] = [
  ['-P3DT4H10M', -(3 * 86_400_000 + 4 * 3_600_000 + 600_000)],
  ['P1W', 604_800_000],
  ['PT30S', 30_000],
  ['-PT22H56M', -82_560_000],
  ['P', null],
  ['PT', null],
  ['P3DT', null],
  ['3D', null],
  ['P1Y', null],
  ['-P-3D', null],
  ['2026-01-31', null],
  ['', null],
]

for (const [text, expected] of cases)
  it(`reads the duration « ${text} »`, () => assert.equal(durationMilliseconds(text), expected))
