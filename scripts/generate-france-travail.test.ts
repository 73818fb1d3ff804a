import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { generateFranceTravail } from './generate-france-travail/files.js'

const platform = join(import.meta.dirname, '..', '..', 'platforms', 'france-travail')
const files = generateFranceTravail()

test('the committed datasets are byte for byte what the generator writes', () => {
  assert.ok(files.length > 25)
  const stale = files.filter(({ path, content }) => readFileSync(join(platform, path), 'utf8') !== content)
  assert.deepEqual(
    stale.map(({ path }) => path),
    [],
    'run `npm run generate:france-travail`',
  )
})

test('a second run in the same process writes the same bytes', () => {
  assert.deepEqual(generateFranceTravail(), files)
})
