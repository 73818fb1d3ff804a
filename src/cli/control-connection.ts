import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isProblem, Problem } from '#base'
import { controlAddress } from './control-address.js'
import { type ControlCall, callOverSocket } from './control-call.js'
import type { Settings } from './settings.js'

/**
 * Runs one command's work against the process that owns the data folder, or against the store itself when none runs: its rooms are loaded only then.
 * A process that starts owns the folder before it takes commands, and another command owns it for a moment: both are waited for, some seconds at most.
 */
export async function withControl<T>(
  settings: Settings,
  work: (call: ControlCall) => Promise<T>,
  patienceMilliseconds = 10_000,
): Promise<T> {
  const address = controlAddress(resolve(settings.PORTIQUE_DATA))
  const until = performance.now() + patienceMilliseconds
  let running = await callOverSocket(address)
  while (running === null) {
    const { withOwnControl } = await import('./own-control.js')
    try {
      return await withOwnControl(settings, work)
    } catch (error) {
      if (!isProblem(error) || error.code !== 'storage/folder-in-use') throw error
      if (performance.now() > until) throw silentOwner(error, patienceMilliseconds)
    }
    running = await calledWithinASecond(address)
  }
  return work(running)
}

/** The socket is asked often, since that is cheap; the store costs the reading of all platforms. */
async function calledWithinASecond(address: string): Promise<ControlCall | null> {
  for (let tries = 0; tries < 20; tries += 1) {
    await sleep(50)
    const running = await callOverSocket(address)
    if (running !== null) return running
  }
  return null
}

function silentOwner({ code, status, text, cause }: Problem, waitedMilliseconds: number): Problem {
  const seconds = Math.round(waitedMilliseconds / 1000)
  return new Problem({
    code,
    status,
    text: {
      fr: `${text.fr} Il n’a pas pris la commande en ${seconds} s : s’il démarre ou s’arrête encore, recommencez ensuite.`,
      en: `${text.en} It has not taken the command for ${seconds} s: if it is still starting or stopping, try again then.`,
    },
    cause,
  })
}
