import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readEmbedded } from './power-loss/embedded.js'
import { judge, told } from './power-loss/judge.js'
import { startWriter } from './power-loss/writer-process.js'

/**
 * Kills the store's process under load, again and again in one folder: each time it must open without a mend, with all that was ever
 * acknowledged and no half of a transaction. What a power cut does is another test's: the kernel outlives a kill.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } })
  const rounds = Number(values.rounds)
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    console.error('--rounds takes a whole number of at least 1')
    return 2
  }
  const folder = join(mkdtempSync(join(tmpdir(), 'portique-kill-loop-')), 'data')
  try {
    return await play(folder, rounds)
  } finally {
    rmSync(join(folder, '..'), { recursive: true })
  }
}

async function play(folder: string, rounds: number): Promise<number> {
  const acknowledged: string[] = []
  for (let number = 1; number <= rounds; number += 1) {
    const startedAt = performance.now()
    // This fails when a lock is left behind, or when the folder needs a mend.
    const writer = await startWriter(folder, 'full')
    const ready = Math.round(performance.now() - startedAt)
    await sleep(Math.random() * 400)
    await writer.kill()
    acknowledged.push(...writer.acknowledged)
    const result = judge(await readEmbedded(folder), acknowledged)
    console.log(`kill ${String(number).padStart(3)}/${rounds}  ready in ${ready} ms  ${told(result)}`)
    if (result.lost + result.halves > 0 || result.integrity !== 'ok') return 1
  }
  console.log(`${rounds} kills: ${acknowledged.length} acknowledged, none lost, none half-written`)
  return 0
}

process.exitCode = await main()
