import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, afterEach, beforeEach, describe, it, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { silentLog } from '#base'
import type { QuotaCharge } from '#contract'
import { createQuotas } from './quotas.js'
import { createSharedQuotas, type SharedQuotas } from './shared-quotas.js'

/** A server of the test's own, on a port of its own: the machine's is left alone. */
const program = ['valkey-server', 'redis-server'].find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})
const skip =
  'neither valkey-server nor redis-server is installed: faults of the shared counters are NOT tested in this run'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

if (program === undefined) test('faults of the shared counters', { skip }, () => {})
else
  describe('T7 faults of the shared counters', () => {
    let server: ChildProcess
    let port = 0
    let quotas: SharedQuotas
    let told: string[] = []
    const children: ChildProcess[] = []

    const start = () => {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      const child = spawn(program, options, { stdio: 'ignore', cwd: '/' })
      children.push(child)
      return child
    }
    const command = async (...words: string[]) => {
      const client = createClient({ url: `redis://127.0.0.1:${port}` })
      client.on('error', () => {})
      await client.connect()
      await client.sendCommand(words)
      client.destroy()
    }
    const until = async (reached: () => boolean) => {
      for (let turn = 0; turn < 1_000 && !reached(); turn += 1) await pause(10)
      assert.ok(reached())
    }
    const charge = (subject: string): QuotaCharge => ({
      subject,
      rule: { key: 'api', limit: 20, periodSeconds: 86_400, algorithm: 'bucket' },
    })
    const admitted = async (subject: string, calls = 60) => {
      const decisions = await Promise.all(
        Array.from({ length: calls }, () => quotas.spend([charge(subject)], Date.now())),
      )
      return decisions.filter((decision) => decision.admitted).length
    }

    beforeEach(async () => {
      port = await freePort()
      server = start()
      told = []
      const tell = (event: string) => void told.push(event)
      const log = { ...silentLog, error: tell, info: tell }
      // A generous budget, on a machine that may be busy; the bound itself is held by the test on a stall.
      quotas = createSharedQuotas({
        ...{ url: `redis://127.0.0.1:${port}`, localShare: 0.5, local: createQuotas(), log },
        budgetMilliseconds: 400,
      })
      await until(() => !quotas.local())
      assert.equal(await admitted('before'), 20)
      told = []
    })
    afterEach(() => quotas.close())
    after(() => {
      for (const child of children) child.kill('SIGKILL')
    })

    it('killed, and started again empty: the local share, an alarm, then the whole quota again', async () => {
      server.kill('SIGKILL')
      await once(server, 'close')
      assert.equal(await admitted('killed'), 10)
      assert.deepEqual(told, ['quota/local-share'])
      start()
      await until(() => !quotas.local())
      assert.deepEqual(told, ['quota/local-share', 'quota/shared-again'])
      assert.equal(await admitted('after'), 20)
    })

    it('paused: the first call waits no longer than its budget, the others not at all', async () => {
      server.kill('SIGSTOP')
      assert.equal(await admitted('paused'), 10)
      const decision = quotas.spend([charge('paused')], Date.now())
      assert.equal(decision instanceof Promise, false, 'calls do not wait for a server that is known to be gone')
      assert.equal(await admitted('paused', 1_000), 0)
      assert.deepEqual(told, ['quota/local-share'])
      server.kill('SIGCONT')
      await until(() => !quotas.local())
      assert.equal(await admitted('after'), 20)
    })

    it('emptied, its script too: what was spent is forgotten, the quota is not', async () => {
      await command('FLUSHALL')
      await command('SCRIPT', 'FLUSH')
      assert.ok((await admitted('before')) <= 20)
      await until(() => !quotas.local())
      assert.equal(await admitted('emptied'), 20)
    })

    it('a replica that only reads: the local share, until it writes again', async () => {
      await command('REPLICAOF', '127.0.0.1', '1')
      assert.equal(await admitted('replica'), 10)
      assert.deepEqual(told, ['quota/local-share'])
      await command('REPLICAOF', 'NO', 'ONE')
      await until(() => !quotas.local())
      assert.equal(await admitted('after'), 20)
    })

    it('full: the local share, until there is room', async () => {
      await command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
      await command('CONFIG', 'SET', 'maxmemory', '1')
      assert.equal(await admitted('full'), 10)
      assert.deepEqual(told, ['quota/local-share'])
      await command('CONFIG', 'SET', 'maxmemory', '0')
      await until(() => !quotas.local())
      assert.equal(await admitted('after'), 20)
    })
  })
