import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface WalkedFolder {
  /** Plain files, by path, in order. */
  readonly files: readonly string[]
  /** What no file can be read from, with why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

/** Every entry below a folder. Links are not followed: they may lead out of it, or round and round. Rejects when the folder cannot be read. */
export async function walkFolder(root: string): Promise<WalkedFolder> {
  const files: string[] = []
  const skipped: { path: string; reason: string }[] = []
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entriesOf(folder, root, skipped)) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        folders.push(path)
        if (isYaml(entry.name)) skipped.push({ path, reason: 'a folder, not a file' })
      } else if (entry.isFile()) files.push(path)
      else skipped.push({ path, reason: entry.isSymbolicLink() ? 'a link, which is not followed' : 'not a plain file' })
    }
  }
  return { files: files.toSorted(), skipped }
}

export const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path)

/** A folder below the root that cannot be read is told, and the rest is walked all the same. */
const entriesOf = (folder: string, root: string, skipped: { path: string; reason: string }[]) =>
  readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (folder === root) throw error
    skipped.push({ path: folder, reason: `cannot be read (${error.code ?? 'unknown fault'})` })
    return []
  })
