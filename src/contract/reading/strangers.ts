import { join } from 'node:path'
import type { Mistake } from '../mistake.js'
import { suggestion } from './did-you-mean.js'
import type { FolderEntries } from './read-file.js'

/** Folders, and YAML or JSON files, that nothing reads: most often a name spelled wrong. Notes and other files may lie anywhere. */
export function strangers(
  folder: string,
  entries: FolderEntries | null,
  known: { readonly files: readonly string[]; readonly folders: readonly string[] },
): readonly Mistake[] {
  if (entries === null) return []
  const odd = (names: readonly string[], expected: readonly string[], kind: string) =>
    names
      .filter((name) => !expected.includes(name))
      .map((name) => ({
        file: join(folder, name),
        line: 1,
        column: 1,
        reason: `a ${kind} that nothing reads`,
        mend: suggestion(name, expected),
      }))
  return [
    ...odd(
      entries.files.filter((name) => /\.(ya?ml|json)$/.test(name)),
      known.files,
      'file',
    ),
    ...odd(entries.folders, known.folders, 'folder'),
  ]
}
