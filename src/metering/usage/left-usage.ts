import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { UsageRow } from './usage-row.js'

/** What a stop could not write to the store, in a file of the data folder until a later start has. */
export interface LeftUsage {
  /** What an earlier stop left; lines that cannot be read stay in the file `….unreadable`. */
  read(): { readonly rows: readonly UsageRow[]; readonly unreadable: number }
  /** Replaces what the file holds, durably. Throws what the file system says. */
  keep(rows: readonly UsageRow[]): void
  /** The store has it all: the file goes. */
  settle(): void
}

const text = z.string().max(400)
const count = z.number().int().min(0)
const rowShape = z.object({
  minute: z.number().int(),
  platform: text,
  application_id: text,
  api_id: text,
  environment: text,
  status: z.number().int(),
  node: text,
  calls: count,
  request_bytes: count,
  response_bytes: count,
  duration_ms: count,
}) satisfies z.ZodType<UsageRow>

export function createLeftUsage(path: string): LeftUsage {
  return {
    read() {
      const lines = linesOf(path)
      const read = lines.map(rowOf)
      const unreadable = lines.filter((_, index) => read[index] === null)
      if (unreadable.length > 0) write(`${path}.unreadable`, unreadable)
      return { rows: read.filter((row) => row !== null), unreadable: unreadable.length }
    },
    keep: (rows) =>
      write(
        path,
        rows.map((row) => JSON.stringify(row)),
      ),
    settle: () => rmSync(path, { force: true }),
  }
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function rowOf(line: string): UsageRow | null {
  try {
    return rowShape.parse(JSON.parse(line))
  } catch {
    return null
  }
}

/** Whole or not at all: a second file takes the name of the first. */
function write(path: string, lines: readonly string[]): void {
  const partial = `${path}.partial`
  const file = openSync(partial, 'w', 0o600)
  try {
    writeSync(file, lines.map((line) => `${line}\n`).join(''))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(partial, path)
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
