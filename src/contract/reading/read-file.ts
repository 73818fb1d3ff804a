import { readdir, readFile, stat } from 'node:fs/promises'
import { broken, parseSource, type Source } from './source.js'

/** Largest file that is read, in bytes. */
export const fileBytesMax = { settings: 262_144, document: 8_388_608, case: 2_097_152 } as const

/** Reads one YAML file; what cannot be read is a mistake, never an exception. */
export async function readSource(
  path: string,
  { file, bytesMax }: { readonly file: string; readonly bytesMax: number },
): Promise<Source> {
  try {
    const found = await stat(path)
    // Whoever opens a pipe waits for its other end.
    if (!found.isFile()) return broken(file, 'not a regular file', 'Put a file there, or take it away.')
    const { size } = found
    if (size > bytesMax)
      return broken(file, `${size} bytes, more than the ${bytesMax} that are read`, 'Make the file smaller.')
    const bytes = await readFile(path)
    return parseSource(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT') return broken(file, 'the file is missing', 'Create it.')
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return broken(file, 'not UTF-8', 'Save the file as UTF-8.')
    return broken(file, `cannot be read (${code || 'unknown fault'})`, 'Make it a file that Portique may read.')
  }
}

export interface FolderEntries {
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

/** Names in a folder, in order, without hidden ones; null when there is no such folder. */
export async function readFolder(path: string): Promise<FolderEntries | null> {
  try {
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).toSorted()
    const kinds = await Promise.all(names.map((name) => isFolder(`${path}/${name}`)))
    return { folders: names.filter((_, index) => kinds[index]), files: names.filter((_, index) => !kinds[index]) }
  } catch {
    return null
  }
}

/** A link that leads nowhere is a file that cannot be read. */
const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
