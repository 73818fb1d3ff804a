import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { readSimulation } from './read-simulation.js'

const head = [
  'refusal:',
  '  status: 400',
  '  body: { message: $message }',
  '  texts: {}',
  'datasets:',
  '  rows: { file: data/rows.jsonl }',
  'operations:',
]
const collection = (...lines: readonly string[]) =>
  [
    ...head,
    '  lister:',
    '    collection:',
    '      dataset: rows',
    '      whole: { status: 200, body: $rows }',
    ...lines.map((line) => `      ${line}`),
  ].join('\n')

const operations = [{ id: 'lister', method: 'GET', path: '/rows' }] as const

describe('reading simulation.yaml', () => {
  it('takes a right one', () => assert.deepEqual(readSimulation('s.yaml', collection(), operations).mistakes, []))

  const wrongs: readonly (readonly [string, string, number, RegExp])[] = [
    ['an unknown key', collection('sotr: {}'), 12, /unknown key "operations\.lister\.collection\.sotr"/],
    ['an unknown filter', collection('parameters:', '  a:', '    filter: { by: magic }'), 14, /filter/],
    ['an unknown dataset', collection().replace('dataset: rows', 'dataset: row'), 10, /unknown dataset "row"/],
    ['a wrong expression', collection('parameters:', '  a: { pattern: "(" }'), 13, /regular expression/],
    ['a companion that is not declared', collection('parameters:', '  a: { needs: [b] }'), 13, /parameter "b"/],
    ['no kind', [...head, '  lister: {}'].join('\n'), 8, /exactly one kind/],
    ['an operation that the contract lacks', collection().replace('lister:', 'listes:'), 8, /no operation "listes"/],
    ['a path out of the folder', collection().replace('data/rows.jsonl', '../../../../etc/x.json'), 6, /relative path/],
    ['an absolute path', collection().replace('data/rows.jsonl', '/etc/x.json'), 6, /relative path/],
    [
      'both file and table',
      collection().replace('{ file: data/rows.jsonl }', '{ file: a.json, table: {} }'),
      6,
      /either/,
    ],
    ['a status that is none', collection().replace('status: 200', 'status: 99'), 11, /status/],
    [
      'a header over two lines',
      collection().replace('status: 200,', 'status: 200, headers: { A: "b\\r\\nc" },'),
      11,
      /more than one line/,
    ],
    [
      'a length that is not the body’s to be told',
      collection().replace('status: 200,', 'status: 200, headers: { Content-Length: "5" },'),
      11,
      /headers\.Content-Length": a header that the gateway sets/,
    ],
    ['no YAML', 'a: [', 1, /./],
    ['an empty file', '', 1, /the file/],
  ]
  for (const [name, text, line, reason] of wrongs)
    it(`tells ${name} with its line`, () => {
      const { declaration, mistakes } = readSimulation('s.yaml', text, operations)
      assert.equal(declaration, null)
      assert.ok(mistakes.length > 0)
      assert.equal(mistakes[0]?.line, line, JSON.stringify(mistakes))
      assert.match(mistakes[0]?.reason ?? '', reason)
      assert.notEqual(mistakes[0]?.mend, '')
    })

  it('knows operations by method and path too', () => {
    assert.deepEqual(readSimulation('s.yaml', collection().replace('lister:', 'GET /rows:'), operations).mistakes, [])
  })

  it('tells all mistakes at once', () => {
    const { mistakes } = readSimulation('s.yaml', collection('one: 1', 'two: 2', 'without: 3'))
    assert.equal(mistakes.length, 3)
  })

  it('finds every shipped simulation right', async () => {
    let count = 0
    for await (const file of glob('platforms/*/apis/*/*/simulation.yaml')) {
      assert.deepEqual(readSimulation(file, await readFile(file, 'utf8')).mistakes, [], file)
      count++
    }
    assert.ok(count >= 11)
  })
})
