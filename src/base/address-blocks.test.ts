import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBlocks } from './address-blocks.js'

const cases: readonly (readonly [blocks: readonly string[], within: readonly string[], without: readonly string[]])[] =
  [
    [['::/0'], ['2001:db8::1', '::1'], ['203.0.113.7', '::ffff:203.0.113.7']],
    [['0.0.0.0/0'], ['203.0.113.7', '::ffff:203.0.113.7'], ['2001:db8::1']],
    [['::ffff:0:0/96'], ['::ffff:a00:1'], ['10.0.0.1', '8.8.8.8']],
    [['::ffff:10.0.0.0/104'], ['10.1.2.3', '::ffff:10.1.2.3'], ['11.0.0.1']],
    [
      ['203.0.113.0/24', '2001:db8::/32', '198.51.100.9'],
      ['203.0.113.7', '2001:db8::1', '198.51.100.9'],
      ['203.0.114.1'],
    ],
    [[], [], ['203.0.113.7', '::1']],
    [['0.0.0.0/0', '::/0'], [], ['', 'localhost', '203.0.113.7:80', '203.0.113']],
  ]

for (const [blocks, within, without] of cases)
  test(`blocks ${blocks.join(' ')}`, () => {
    const holds = addressBlocks(blocks)
    for (const address of within) assert.equal(holds(address), true, address)
    for (const address of without) assert.equal(holds(address), false, address)
  })

test('what is no block is refused', () => {
  for (const wrong of ['localhost', '10.0.0.0/33', '::/129', '::ffff:10.0.0.0/8'])
    assert.throws(() => addressBlocks([wrong]))
})
