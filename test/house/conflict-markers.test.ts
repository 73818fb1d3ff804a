import assert from 'node:assert/strict'
import { globSync, readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'

/** Where each side of an unsettled merge begins and ends, as Git writes it. */
const marker = /^(?:<{7}|>{7}|\|{7}) |^={7}$/m
const notOurs = new Set(['node_modules', 'dist', '.git', 'data'])
const isBinary = /\.(?:png|woff2?|ico|pdf|gz|db)$/

test('no file holds the marks of an unsettled merge', () => {
  const files = globSync('**/*', { exclude: (name) => notOurs.has(name) })
  assert.ok(files.includes('README.md') && files.includes('bench/README.md'))
  const marked = files.filter(
    (file) => !isBinary.test(file) && statSync(file).isFile() && marker.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(marked, [])
})
