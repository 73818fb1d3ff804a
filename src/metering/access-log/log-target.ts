import { close, open, write } from 'node:fs'
import { promisify } from 'node:util'

const openFile = promisify(open)
const closeFile = promisify(close)
const standardOutput = 1

export interface LogTarget {
  write(lines: string): Promise<void>
  close(): Promise<void>
}

/**
 * A file, opened to append with mode 0600, or `-` for standard output. Writes leave the event loop alone even when
 * standard output is a full pipe, where `process.stdout` would block.
 */
export async function openLogTarget(path: string): Promise<LogTarget> {
  const descriptor = path === '-' ? standardOutput : await openFile(path, 'a', 0o600)
  return {
    async write(lines) {
      let rest: Uint8Array = Buffer.from(lines, 'utf8')
      while (rest.length > 0) rest = rest.subarray(await writeSome(descriptor, rest))
    },
    async close() {
      if (descriptor !== standardOutput) await closeFile(descriptor)
    },
  }
}

function writeSome(descriptor: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, 0, bytes.length, null, (error, written) => (error ? reject(error) : resolve(written)))
  })
}
