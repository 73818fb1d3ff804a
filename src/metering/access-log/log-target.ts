import { open } from 'node:fs/promises'
import type { Writable } from 'node:stream'

export interface LogTarget {
  /** Takes whole lines; resolves once they are handed over. */
  write(lines: string): Promise<void>
  close(): Promise<void>
}

/** A file, opened to append with mode 0600, or `-` for standard output. Neither holds up the event loop, nor the end of the process, when it is full. */
export async function openLogTarget(path: string, standardOutput: Writable = process.stdout): Promise<LogTarget> {
  if (path === '-') return streamTarget(standardOutput)
  const file = await open(path, 'a', 0o600)
  // ASCII by construction: no need to count its bytes as UTF-8.
  return { write: (lines) => file.appendFile(lines, 'latin1'), close: () => file.close() }
}

function streamTarget(stream: Writable): LogTarget {
  // A reader that is gone fails the write below; unheard, the event would end the process.
  stream.on('error', () => {})
  return {
    write: (lines) =>
      new Promise((resolve, reject) => {
        stream.write(lines, (error) => (error ? reject(error) : resolve()))
      }),
    // The listener stays: the stream is not ours to end, and may fail later.
    async close() {},
  }
}
