import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseDate, parseHhmm, parseInstant } from './instant.js'

describe('instants of requests', () => {
  it('reads dates and times that exist', () => {
    assert.equal(parseInstant('2024-02-29T08:00:00Z'), Date.UTC(2024, 1, 29, 8))
    assert.equal(parseInstant('2026-01-31T08:00:00.250+01:00'), Date.UTC(2026, 0, 31, 7, 0, 0, 250))
    assert.equal(parseDate('2026-12-31'), Date.UTC(2026, 11, 31))
    assert.equal(parseHhmm('3530'), 2130)
    assert.equal(parseHhmm('930'), 570)
    assert.equal(parseHhmm('35'), 2100)
  })

  for (const text of [
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:61:00Z',
    '2026-01-01',
    '01/02/2026',
    'hier',
    '2026-01-01T10:00:00',
  ])
    it(`refuses « ${text} » as an instant`, () => assert.ok(Number.isNaN(parseInstant(text))))

  for (const text of ['2025-02-29', '2026-1-1', '20260101', ''])
    it(`refuses « ${text} » as a date`, () => assert.ok(Number.isNaN(parseDate(text))))

  for (const text of ['3560', '35h', '-3500', '123456', ''])
    it(`refuses « ${text} » as a duration`, () => assert.ok(Number.isNaN(parseHhmm(text))))
})
