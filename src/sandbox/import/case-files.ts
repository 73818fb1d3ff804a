import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { CaseFile } from './case-file.js'
import { readCaseFile } from './read-case-file.js'

export interface RefusedFile {
  readonly file: string
  readonly reason: string
}

export interface ReadCases {
  readonly cases: readonly CaseFile[]
  readonly refused: readonly RefusedFile[]
  /** Files that say of themselves that they are no case: notes, summaries. */
  readonly passedOver: readonly string[]
}

/** Bounds of one import; sizes in bytes. */
export const caseFileLimits = { fileBytes: 262_144, files: 5_000, allBytes: 8_388_608 } as const

/**
 * Reads every YAML file of a folder of folders; each file is either a case or refused with its reason. `onRead` is told how many of how many
 * were read. Rejects when the folder cannot be read.
 */
export async function readCaseFiles(
  root: string,
  onRead: (done: number, all: number) => void = () => {},
): Promise<ReadCases> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const paths = files.filter((path) => /\.ya?ml$/i.test(path))
  const cases: CaseFile[] = []
  const refused: RefusedFile[] = []
  let bytes = 0
  for (const [index, path] of paths.entries()) {
    const file = relative(root, path)
    const { size } = await stat(path)
    const tooMuch = index >= caseFileLimits.files || bytes + size > caseFileLimits.allBytes
    if (tooMuch) refused.push({ file, reason: 'beyond what one import takes: import its folder by itself' })
    else if (size > caseFileLimits.fileBytes)
      refused.push({ file, reason: `${size} bytes, more than the ${caseFileLimits.fileBytes} that are read` })
    else {
      bytes += size
      const read = await attempt(path)
      if ('reason' in read) refused.push({ file, reason: read.reason })
      else cases.push({ file, folder: basename(dirname(path)), ...read })
    }
    onRead(index + 1, paths.length)
  }
  const read = new Set(paths)
  const passedOver = files.filter((path) => !read.has(path)).map((path) => relative(root, path))
  return { cases, refused, passedOver }
}

const attempt = (path: string) =>
  readFile(path).then(readCaseFile, (error: NodeJS.ErrnoException) => ({
    reason: `cannot be read (${error.code ?? 'unknown fault'})`,
  }))
