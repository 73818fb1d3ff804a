import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { simulationKeys, simulationReference } from './reference.js'

describe('the reference of simulation.yaml', () => {
  it('describes every key', () => {
    const silent = simulationKeys().filter(({ schema }) => (schema.description ?? '').trim() === '')
    assert.deepEqual(
      silent.map(({ place }) => place),
      [],
    )
    assert.ok(simulationKeys().length > 100)
  })

  it('is the page in docs/reference', async () => {
    const page = await readFile('docs/reference/simulation.md', 'utf8')
    assert.equal(page, simulationReference(), 'write it again: npm run build, then simulationReference()')
  })
})
