import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { readCaseFile } from './read-case-file.js'

/** A case as its file says it; `folder` names the operation. */
export interface CaseFile {
  /** Path under the folder that was given. */
  readonly file: string
  readonly folder: string
  readonly title: string
  readonly params: Readonly<Record<string, unknown>>
  readonly status: number
  /** JSON text; null: no body. */
  readonly payload: string | null
}

export interface RefusedFile {
  readonly file: string
  readonly reason: string
}

/** Bounds of one import; sizes in bytes. */
export const caseFileLimits = { fileBytes: 262_144, files: 5_000, allBytes: 8_388_608 } as const

/** Reads every YAML file of a folder of folders; each file is either a case or refused with its reason. Rejects when the folder cannot be read. */
export async function readCaseFiles(
  root: string,
): Promise<{ readonly cases: readonly CaseFile[]; readonly refused: readonly RefusedFile[] }> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
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
      const read = readCaseFile(await readFile(path))
      if ('reason' in read) refused.push({ file, reason: read.reason })
      else cases.push({ file, folder: basename(join(path, '..')), ...read })
    }
  }
  return { cases, refused }
}
