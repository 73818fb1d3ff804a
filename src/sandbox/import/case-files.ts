import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, relative } from 'node:path'
import type { CaseFile } from './case-file.js'
import { caseFileBytesMost, contentBytes } from './case-size.js'
import { readCaseFile } from './read-case-file.js'
import { isYaml, walkFolder } from './walk-folder.js'

export interface RefusedFile {
  readonly file: string
  readonly reason: string
}

export interface ReadCases {
  readonly cases: readonly CaseFile[]
  readonly refused: readonly RefusedFile[]
  /** Files that say of themselves that they are no case: notes, summaries. */
  readonly passedOver: readonly string[]
  /** What was taken otherwise than YAML reads it, by file. */
  readonly notes: ReadonlyMap<string, readonly string[]>
}

/** Bounds of one import, which is held in memory before it is sent; sizes in bytes. Four times the public staging data of all platforms. */
export const caseFileLimits = { fileBytes: caseFileBytesMost, files: 40_000, allBytes: 67_108_864 } as const

/**
 * Reads every YAML file of a folder of folders; each file is either a case or refused with its reason. `onRead` is told how many of how many
 * were read. Rejects when the folder cannot be read.
 */
export async function readCaseFiles(
  root: string,
  onRead: (done: number, all: number) => void = () => {},
  limits: Readonly<Record<keyof typeof caseFileLimits, number>> = caseFileLimits,
): Promise<ReadCases> {
  const { files, skipped } = await walkFolder(root)
  const paths = files.filter(isYaml)
  const cases: CaseFile[] = []
  const refused: RefusedFile[] = skipped.map(({ path, reason }) => ({ file: relative(root, path), reason }))
  const notes = new Map<string, readonly string[]>()
  let bytes = 0
  for (const [index, path] of paths.entries()) {
    const file = relative(root, path)
    const { size } = await stat(path)
    const folder = basename(dirname(path))
    const tooMuch = index >= limits.files || bytes + size > limits.allBytes
    if (size > limits.fileBytes)
      refused.push({ file, reason: `${size} bytes, more than the ${limits.fileBytes} that are read` })
    else if (tooMuch) refused.push({ file, reason: beyond })
    else if (file.length > nameMax.file || folder.length > nameMax.folder)
      refused.push({ file, reason: 'a name longer than is kept' })
    else {
      const read = await attempt(path)
      // What aliases repeat is held as often as they do.
      const held = 'reason' in read ? size : Math.max(size, contentBytes(read))
      const fits = bytes + held <= limits.allBytes
      if (fits) bytes += held
      if ('reason' in read) refused.push({ file, reason: read.reason })
      else if (!fits) refused.push({ file, reason: beyond })
      else {
        const { notes: told, ...one } = read
        cases.push({ file, folder, ...one })
        if (told.length > 0) notes.set(file, told)
      }
    }
    onRead(index + 1, paths.length)
  }
  const read = new Set(paths)
  const passedOver = files.filter((path) => !read.has(path)).map((path) => relative(root, path))
  return { cases, refused, passedOver, notes }
}

const beyond = 'beyond what one import takes: import its folder by itself'

/** Characters of a path below the folder, and of the folder of a file. */
const nameMax = { file: 500, folder: 200 } as const

const attempt = (path: string) =>
  readFile(path).then(readCaseFile, (error: NodeJS.ErrnoException) => ({
    reason: `cannot be read (${error.code ?? 'unknown fault'})`,
  }))
