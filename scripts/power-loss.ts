import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { judge, type RoundResult, told } from './power-loss-judge.js'
import { startWriter } from './power-loss-process.js'

/**
 * Power cuts, played: the store writes on an ext4 disk made of a file; its writer is stopped, and the file is copied as it is. What the kernel
 * only had in memory is not in the copy, as after a power cut. The copy is mounted, and each acknowledged write must be there.
 * A control run with `synchronous=OFF` must lose something: else the test sees nothing. Needs Linux and root.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '50' }, control: { type: 'string', default: '3' } },
  })
  const rounds = Number(values.rounds)
  const controls = Number(values.control)
  if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(controls) && controls > 0)) {
    console.error('--rounds and --control take a whole number of at least 1')
    return 2
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error('The power-loss test mounts disks: it needs Linux and root.')
    return 2
  }
  return withBench((bench) => play(bench, rounds, controls))
}

async function play(bench: string, rounds: number, controls: number): Promise<number> {
  const total = { acknowledged: 0, lost: 0, halves: 0, damaged: 0 }
  for (let number = 1; number <= rounds; number += 1) {
    const result = await round(bench, 'full')
    total.acknowledged += result.acknowledged
    total.lost += result.lost
    total.halves += result.halves
    total.damaged += result.integrity === 'ok' ? 0 : 1
    console.log(`round ${String(number).padStart(3)}/${rounds}  ${told(result)}`)
  }
  let controlLost = 0
  for (let number = 1; number <= controls; number += 1) {
    const result = await round(bench, 'off')
    controlLost += result.lost
    console.log(`control ${number}/${controls} (synchronous=OFF)  ${told(result)}`)
  }
  console.log(
    `${rounds} power cuts: ${total.acknowledged} acknowledged, ${total.lost} lost, ${total.halves} half-written, ${total.damaged} damaged; control lost ${controlLost}`,
  )
  if (controlLost === 0) console.error('The control run lost nothing: this test is blind here.')
  return controlLost === 0 || total.lost + total.halves + total.damaged > 0 ? 1 : 0
}

async function round(bench: string, synchronous: 'full' | 'off'): Promise<RoundResult> {
  const disk = join(bench, 'disk')
  const survivor = join(bench, 'survivor')
  copyFileSync(join(bench, 'blank'), disk)
  const before = mount(disk, join(bench, 'before'))
  const writer = await startWriter(join(before, 'data'), synchronous)
  try {
    await sleep(50 + Math.random() * 350)
    await writer.stop()
    // The moment of the cut.
    execFileSync('cp', ['--sparse=always', disk, survivor])
  } finally {
    await writer.kill()
  }
  unmount(before)
  const after = mount(survivor, join(bench, 'after'))
  try {
    return await judge(join(after, 'data'), writer.acknowledged)
  } finally {
    unmount(after)
  }
}

async function withBench(work: (bench: string) => Promise<number>): Promise<number> {
  const bench = mkdtempSync(join(tmpdir(), 'portique-power-loss-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'tmpfs', bench])
  try {
    const blank = join(bench, 'blank')
    writeFileSync(blank, '')
    truncateSync(blank, 48 * 1024 * 1024)
    execFileSync('mkfs.ext4', ['-q', '-F', blank])
    return await work(bench)
  } finally {
    for (const name of ['before', 'after']) {
      try {
        unmount(join(bench, name))
      } catch {}
    }
    execFileSync('umount', [bench])
    rmSync(bench, { recursive: true })
  }
}

/** The journal's own rhythm is slowed down, so that nothing becomes durable unless somebody asks for it. */
function mount(image: string, at: string): string {
  mkdirSync(at, { recursive: true })
  execFileSync('mount', ['-o', 'loop,commit=300', image, at])
  return at
}

function unmount(at: string): void {
  execFileSync('umount', [at], { stdio: 'pipe' })
}

process.exitCode = await main()
