import { setImmediate } from 'node:timers/promises'

/** Lets other work go first: long preparations await it often, so that no call waits for them. */
export type Pause = () => Promise<void>

/** Yields to the event loop once the work since the last time exceeds a slice of 8 ms. */
export function createPause(sliceMilliseconds = 8): Pause {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < sliceMilliseconds) return
    await setImmediate()
    since = performance.now()
  }
}
