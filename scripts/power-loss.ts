import { parseArgs } from 'node:util'
import { embedded } from './power-loss/embedded.js'
import { told } from './power-loss/judge.js'
import { postgres } from './power-loss/postgres.js'
import type { Trial } from './power-loss/trial.js'

const trials: Readonly<Record<string, Trial>> = { embedded, postgres }

/**
 * Power cuts, played: the store writes on an ext4 disk made of a file; all that writes is stopped, and the file is copied as it is. What the kernel
 * only had in memory is not in the copy, as after a power cut. The copy is mounted, and each acknowledged write must be there.
 * A control run with `synchronous=OFF`, or `fsync=off` on PostgreSQL, must lose something: else the test sees nothing. Needs Linux and root.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', multiple: true, default: Object.keys(trials) },
      rounds: { type: 'string', default: '50' },
      control: { type: 'string', default: '3' },
    },
  })
  const rounds = Number(values.rounds)
  const controls = Number(values.control)
  if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(controls) && controls > 0)) {
    console.error('--rounds and --control take a whole number of at least 1')
    return 2
  }
  const chosen = values.store.map((name) => trials[name])
  if (chosen.includes(undefined)) {
    console.error(`--store takes ${Object.keys(trials).join(' or ')}`)
    return 2
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error('The power-loss test mounts disks: it needs Linux and root.')
    return 2
  }
  let failed = 0
  for (const trial of chosen.filter((each) => each !== undefined)) failed += await play(trial, { rounds, controls })
  return failed > 0 ? 1 : 0
}

async function play(trial: Trial, { rounds, controls }: { rounds: number; controls: number }): Promise<number> {
  if (trial.missing !== null) {
    console.error(`${trial.name}: NOT tested, ${trial.missing}`)
    return 0
  }
  return trial.withRounds(async (round) => {
    const total = { acknowledged: 0, lost: 0, halves: 0, damaged: 0 }
    for (let number = 1; number <= rounds; number += 1) {
      const result = await round(number, true)
      total.acknowledged += result.acknowledged
      total.lost += result.lost
      total.halves += result.halves
      total.damaged += result.integrity === 'ok' ? 0 : 1
      console.log(`${trial.name}: round ${String(number).padStart(3)}/${rounds}  ${told(result)}`)
    }
    let controlLost = 0
    for (let number = 1; number <= controls; number += 1) {
      const result = await round(number, false)
      controlLost += result.lost
      console.log(`${trial.name}: control ${number}/${controls} (${trial.control})  ${told(result)}`)
    }
    console.log(
      `${trial.name}: ${rounds} power cuts: ${total.acknowledged} acknowledged, ${total.lost} lost, ${total.halves} half-written, ${total.damaged} damaged; control lost ${controlLost}`,
    )
    if (controlLost === 0) console.error('The control run lost nothing: this test is blind here.')
    return controlLost === 0 || total.lost + total.halves + total.damaged > 0 ? 1 : 0
  })
}

process.exitCode = await main()
