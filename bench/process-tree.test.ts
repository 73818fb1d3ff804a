import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { platform } from 'node:os'
import { test } from 'node:test'
import { runTimeOf, usageOf } from './process-tree.js'

/** What the thread burns, far more than a Node process needs to start. */
const leastMicroseconds = 250_000

test('processor time of a thread and of a child process counts for the tree', {
  skip: platform() !== 'linux',
}, async () => {
  const busy = `while (process.cpuUsage().user < ${leastMicroseconds});`
  const inThread = `new (require('node:worker_threads').Worker)(${JSON.stringify(busy)}, { eval: true })`
  const idle = `${inThread}.on('exit', () => { process.stdout.write('spent'); setInterval(() => {}, 1000) })`
  const shell = spawn('sh', ['-c', `"${process.execPath}" -e '${idle.replaceAll("'", "'\\''")}' & wait`], {
    detached: true,
  })
  try {
    await once(shell.stdout, 'data')
    const { cpuMicroseconds, rssBytes } = usageOf(shell.pid ?? 0)
    const waited = usageOf(shell.pid ?? 0)
    // The kernel counts in ticks of 10 ms, so the last one may be missing.
    assert.ok(cpuMicroseconds >= leastMicroseconds - 20_000, `${cpuMicroseconds}`)
    const toTheNanosecond = runTimeOf(shell.pid ?? 0)
    // The thread that burned it has ended, and with it what the kernel told of it alone.
    assert.ok(toTheNanosecond > 10_000 && toTheNanosecond < cpuMicroseconds + 1_000_000, `${toTheNanosecond}`)
    assert.ok(rssBytes > 20_000_000, `${rssBytes}`)
    assert.ok(waited.cpuMicroseconds >= cpuMicroseconds)
  } finally {
    process.kill(-(shell.pid ?? 0), 'SIGKILL')
  }
})
