import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RefusalContext } from '../dialect.js'
import { refusal } from '../refusals.js'
import { dialectOf } from './dialect-of.js'

const context: RefusalContext = { requestId: 'r', language: 'en', api: null, quota: null, problemsUrl: 'https://p/' }
const tooLarge = refusal('request/body-too-large', { bytesMax: 100_000 })

for (const [name, text] of [
  ['standard', 'Send 100000 bytes at most per call.'],
  ['france-travail', 'Envoyez 100000 octets au plus par appel.'],
] as const)
  test(`413 says the limit: ${name}`, () => {
    const { status, body } = dialectOf(name).refuse(tooLarge, context)
    assert.equal(status, 413)
    assert.ok(
      Buffer.from(body ?? [])
        .toString()
        .includes(text),
    )
  })
