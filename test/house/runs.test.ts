import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { runs } from '../runs/plan.js'

const folders = Object.values(runs).flat()

test('every file of tests is run, and once', () => {
  const files = globSync('{src,test,scripts,bench}/**/*.test.{ts,tsx}').filter((file) => !/^test\/runs\//.test(file))
  assert.ok(files.length > 200)
  const timesOf = (file: string) => folders.filter((folder) => file.startsWith(`${folder}/`)).length
  assert.deepEqual(
    files.filter((file) => timesOf(file) !== 1),
    [],
    'name its folder in test/runs/plan.ts',
  )
})

test('every run has its file, and npm test runs those', () => {
  for (const name of Object.keys(runs)) {
    const text = readFileSync(`test/runs/${name}.test.ts`, 'utf8')
    assert.match(text, new RegExp(`^await runTogether\\(runs(?:\\.${name}|\\['${name}'\\])\\)$`, 'm'))
  }
  assert.equal(globSync('test/runs/*.test.ts').length, Object.keys(runs).length)
  assert.match(readFileSync('package.json', 'utf8'), /"test": "node --test [^"]*\\"dist\/test\/runs\/\*\.test\.js\\""/)
})
