import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createValkeyLink } from './valkey-link.js'

/** Nobody listens there: whether the server answers is what the probe says. */
const nowhere = { url: 'redis://127.0.0.1:1', budgetMilliseconds: 1_000 }

async function until(reached: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !reached(); turn += 1) await pause(10)
  assert.ok(reached())
}

test('a server that answers at the fourth probe of the start is no alarm', async () => {
  const told: string[] = []
  let probes = 0
  const probe = async () => {
    probes += 1
    if (probes < 4) throw new Error('not yet')
  }
  const tell = (event: string) => () => void told.push(event)
  const link = createValkeyLink({ ...nowhere, probe, lost: tell('lost'), regained: tell('regained') })
  try {
    await until(link.reachable)
    assert.deepEqual([probes, told], [4, []])
  } finally {
    link.close()
  }
})

test('a server that never answers is told once', async () => {
  const told: string[] = []
  let probes = 0
  const probe = async () => {
    probes += 1
    throw new Error('never')
  }
  const tell = (event: string) => () => void told.push(event)
  const link = createValkeyLink({ ...nowhere, probe, lost: tell('lost'), regained: tell('regained') })
  try {
    await until(() => told.length > 0 && probes > 9)
    assert.deepEqual(told, ['lost'])
  } finally {
    link.close()
  }
})
