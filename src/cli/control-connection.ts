import { resolve } from 'node:path'
import type { Settings } from '#base'
import { controlAddress, createControl } from '#control'
import { type ControlCall, callOverSocket, readAnswer } from './control-call.js'
import { openStoreRooms } from './rooms.js'

/** Runs one command's work against the process that owns the data folder, or against the store itself when none runs. */
export async function withControl<T>(settings: Settings, work: (call: ControlCall) => Promise<T>): Promise<T> {
  const running = await callOverSocket(controlAddress(resolve(settings.PORTIQUE_DATA)))
  if (running !== null) return work(running)
  const rooms = await openStoreRooms(settings)
  try {
    const control = createControl(rooms)
    return await work(async (method, path, body) => {
      const init =
        body === undefined
          ? { method }
          : { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
      const answer = await control.request(path, init)
      return readAnswer({ status: answer.status, text: await answer.text() })
    })
  } finally {
    await rooms.close()
  }
}
