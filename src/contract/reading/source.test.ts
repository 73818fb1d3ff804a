import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseSource } from './source.js'
import { unfolding } from './unfolding.js'

/** Microseconds of the processor that reading takes, whoever else is at work on the machine. */
function costOf(text: string): number {
  const before = process.threadCpuUsage()
  parseSource('x.yaml', text)
  const { user, system } = process.threadCpuUsage(before)
  return user + system
}

describe('a text of 600 kB that is no YAML', () => {
  const sound = costOf(`- ${'a, '.repeat(5)}\n`.repeat(35_000))
  for (const piece of ['}', '} \n', '\t- }\n', '"\n']) {
    const text = piece.repeat(600_000 / piece.length)
    it(`is told in five mistakes, sooner than a sound one is read: ${JSON.stringify(piece)}`, () => {
      assert.ok(costOf(text) < sound)
      assert.equal(parseSource('x.yaml', text).mistakes.length, 5)
    })
  }
})

it('a key repeated without end is told a bounded number of times', () => {
  assert.equal(parseSource('x.yaml', 'a: b\n'.repeat(1_000)).mistakes.length, 40)
})

it('several documents in one file are a mistake at the second', () => {
  const { mistakes } = parseSource('x.yaml', 'a: 1\n---\nb: 2\n---\nc: 3\n')
  assert.deepEqual(
    mistakes.map(({ line, reason }) => [line, reason]),
    [[2, 'not YAML: there are several documents in one file']],
  )
})

it('what aliases unfold to is bounded, as it is written out; what is written once is not counted against it', () => {
  const repeated = `a: [&a "${'é'.repeat(50)}", *a, *a]\n`
  assert.deepEqual(parseSource('x.yaml', repeated, 400).mistakes, [])
  const [mistake] = parseSource('x.yaml', repeated, 299).mistakes
  assert.match(mistake?.reason ?? '', /aliases that multiply: it unfolds to more than 299 bytes/)
  const document = `a: &a "${'x'.repeat(400_000)}"\nb: [${'*a, '.repeat(90)}]\n`
  assert.match(parseSource('x.yaml', document).mistakes[0]?.reason ?? '', /unfolds to more than 33554432 bytes/)
  for (const plain of ['a: [b, c, d]\n', 'a: [[],{},[]]\n', 'a:\n- 1\n-\n- ~\n- -2.5\n- []\n'])
    assert.deepEqual(parseSource('x.yaml', plain, plain.length).mistakes, [], plain)
})

it('empty lists, empty maps, numbers and the like count as any other value that aliases repeat', () => {
  for (const [item, bytesMost] of [
    ['[]', 20_000],
    ['{}', 20_000],
    ['123456789.12345678', 120_000],
    ['false', 50_000],
    ['null', 18_000],
  ] as const) {
    const document = `a: &a [${`${item}, `.repeat(100)}]\nb: [${'*a, '.repeat(90)}]\n`
    assert.match(parseSource('x.yaml', document, bytesMost).mistakes[0]?.reason ?? '', /aliases that multiply/, item)
  }
})

it('no more is looked at of what aliases unfold to than what fits', () => {
  let looks = 0
  const counted = {
    get item() {
      looks += 1
      return []
    },
  }
  const list = Array(1_000).fill(counted)
  assert.equal(unfolding(Array(99).fill(list), { bytesMost: 3_000, levelsMost: 10 }), 'long')
  assert.ok(looks < 1_000, `${looks}`)
})
