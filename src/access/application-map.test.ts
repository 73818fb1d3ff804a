import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApplicationAccess } from '#contract'
import { ApplicationMap } from './application-map.js'

const access = (id: string): ApplicationAccess => ({
  id,
  name: id,
  platform: 'p',
  environment: 'production',
  state: 'active',
  subscriptions: new Map(),
})

test('the map answers as a Map does after any changes, and earlier maps stay as they were', () => {
  const model = new Map(Array.from({ length: 2000 }, (_, at) => [`cli_${at}`, access(`cli_${at}`)]))
  const first = ApplicationMap.of(model.values())
  let map = first
  for (let at = 0; at < 3000; at += 3) {
    const id = `cli_${at}`
    if (model.has(id)) model.delete(id)
    else model.set(id, access(id))
    map = map.with(id, model.get(id))
  }
  assert.equal(map.size, model.size)
  assert.deepEqual([...map.keys()].sort(), [...model.keys()].sort())
  for (const [id, value] of model) assert.equal(map.get(id), value)
  assert.equal(map.has('cli_0'), false)
  assert.equal(first.size, 2000)
  assert.ok(first.has('cli_0'))
  assert.equal(map.with('cli_0', undefined), map)
})
