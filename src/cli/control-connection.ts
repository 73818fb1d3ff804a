import { resolve } from 'node:path'
import { controlAddress } from './control-address.js'
import { type ControlCall, callOverSocket } from './control-call.js'
import type { Settings } from './settings.js'

/** Runs one command's work against the process that owns the data folder, or against the store itself when none runs: its rooms are loaded only then. */
export async function withControl<T>(settings: Settings, work: (call: ControlCall) => Promise<T>): Promise<T> {
  const running = await callOverSocket(controlAddress(resolve(settings.PORTIQUE_DATA)))
  if (running !== null) return work(running)
  const { withOwnControl } = await import('./own-control.js')
  return withOwnControl(settings, work)
}
