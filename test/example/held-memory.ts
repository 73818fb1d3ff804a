import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes that this process holds once what nobody needs is gone, buffers included. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collect()
    await wait(20)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** So many bytes, each a chunk of its own, of a body that never ends. */
export const crumbs = (count: number): Buffer => Buffer.from('1\r\na\r\n'.repeat(count))
