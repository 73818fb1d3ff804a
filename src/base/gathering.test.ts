import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { heldBytes } from '../../test/example/held-memory.js'
import { Gathering } from './gathering.js'

describe('bytes that are gathered', () => {
  it('come out as they went in', () => {
    const gathering = new Gathering()
    let said = ''
    for (let piece = 0; piece < 3_000; piece++) {
      const text = 'é'.repeat(piece % 7) + piece
      said += text
      gathering.add(Buffer.from(text))
    }
    assert.equal(gathering.whole().toString('utf8'), said)
    assert.equal(gathering.size, Buffer.byteLength(said))
    assert.equal(new Gathering().whole().length, 0)
  })

  it('are not copied when they come in one piece', () => {
    const piece = Buffer.alloc(40_000, 'a')
    const gathering = new Gathering()
    gathering.add(Buffer.alloc(0))
    gathering.add(piece)
    assert.equal(gathering.whole(), piece)
  })

  it('do not hold on to a large buffer for a small first piece', () => {
    const gathering = new Gathering()
    gathering.add(Buffer.alloc(1_000_000).subarray(7, 9))
    assert.ok(gathering.whole().buffer.byteLength <= 1_024)
  })

  it('never write into a piece that was given', () => {
    const given = Buffer.from('abcdef')
    const gathering = new Gathering()
    gathering.add(given.subarray(0, 3))
    gathering.add(Buffer.from('xyz'))
    assert.equal(gathering.whole().toString(), 'abcxyz')
    assert.equal(given.toString(), 'abcdef')
  })

  it('take about as much room one by one as in one piece', async () => {
    const before = await heldBytes()
    const gathering = new Gathering()
    for (let byte = 0; byte < 500_000; byte++) gathering.add(Buffer.from([byte & 255]))
    const held = (await heldBytes()) - before
    assert.equal(gathering.size, 500_000)
    assert.ok(gathering.whole().buffer.byteLength <= 1_001_024)
    assert.ok(held < 8_000_000, `${held} bytes held`)
  })
})
