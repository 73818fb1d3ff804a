import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Platform } from '../platform.js'
import { deepFreeze } from './deep-freeze.js'

/** Where a folder of platforms is remembered as it was read, when it held no mistake: reading it takes longer than all the rest of a start. */
export interface TreeMemory {
  /** Whoever may write it may write code too. */
  readonly file: string
  /** A file that changes whenever the code that reads does, or the packages it is made of. */
  readonly readers: string
}

/** Frozen; null: never read, or changed since. */
export function recallTree(folder: string, { file, readers }: TreeMemory): readonly Platform[] | null {
  try {
    const kept = readFileSync(file)
    if (!kept.subarray(0, markBytes).equals(markOf(folder, readers))) return null
    return deepFreeze(deserialize(kept.subarray(markBytes)))
  } catch {
    return null
  }
}

/** A place that cannot be written is none. */
export function keepTree(folder: string, platforms: readonly Platform[], { file, readers }: TreeMemory): void {
  try {
    replaceFile(file, Buffer.concat([markOf(folder, readers), serialize(platforms)]))
  } catch {
    // The next start reads the folder again.
  }
}

function replaceFile(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(draft, bytes)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

const markBytes = 32

/** Of everything that the reading of a folder depends on: the texts of its YAML, the names of all else, and who reads. Throws for what is no file. */
function markOf(folder: string, readers: string): Buffer {
  const mark = createHash('sha256').update(`${process.versions.v8}\0${folder}\0`).update(readFileSync(readers))
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ path: join(entry.parentPath, entry.name), entry }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
  for (const { path, entry } of entries) {
    if (!entry.isFile() && !entry.isDirectory()) throw new TypeError(`${path} is no regular file`)
    const text = entry.isFile() && path.endsWith('.yaml') ? readFileSync(path) : ''
    mark.update(`${path}\0${entry.isFile()}\0${text.length}\0`).update(text)
  }
  return mark.digest()
}
