import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { crumbs } from '../../../test/example/held-memory.js'
import { createChunkedDecoder } from './chunked-decoder.js'

/** What comes out when the bytes are read in steps of this size. */
function decoded(bytes: Buffer, step: number) {
  const decoder = createChunkedDecoder()
  const pieces: string[] = []
  let used = 0
  for (let at = 0; at < bytes.length && used >= 0 && !decoder.done; at += step) {
    const took = decoder.feed(Buffer.from(bytes.subarray(at, at + step)), (piece) => pieces.push(piece.toString()))
    used = took < 0 ? took : used + took
  }
  return { pieces, used, done: decoder.done }
}

const whole = Buffer.from('3\r\nabc\r\n1;a=b\r\nd\r\n00a\r\n0123456789\r\n2\r\n\r\n\r\n0\r\nX: y\r\n\r\n')
const behind = Buffer.from('HTTP/1.1')

describe('the chunked coding', () => {
  it('gives the same data wherever it is cut', () => {
    for (let step = 1; step <= whole.length; step++) {
      const { pieces, used, done } = decoded(whole, step)
      assert.equal(pieces.join(''), 'abcd0123456789\r\n', `in steps of ${step}`)
      assert.deepEqual([used, done], [whole.length, true])
    }
  })

  it('gives what one read brought in one piece, however many chunks it has', () => {
    assert.deepEqual(decoded(whole, whole.length).pieces, ['abcd0123456789\r\n'])
    assert.deepEqual(decoded(crumbs(10_000), 60_000).pieces, ['a'.repeat(10_000)])
    assert.equal(decoded(crumbs(10_000), 6_000).pieces.length, 10)
  })

  it('leaves what follows the end, and refuses what is malformed', () => {
    const all = Buffer.concat([whole, behind])
    assert.equal(decoded(all, all.length).used, whole.length)
    for (const wrong of ['x\r\n', '1\r\nab\r\n', '1\na\r\n', '-1\r\n', '1\r\na\r\n\r\n', '0x1\r\na\r\n'])
      assert.equal(decoded(Buffer.from(wrong), 64).used, -1, wrong)
  })
})
