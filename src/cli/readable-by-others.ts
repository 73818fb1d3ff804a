import { statSync } from 'node:fs'
import type { Log } from '#base'

/** Warns of files of secrets that other users of the machine can read; a group is told too, though an orchestrator may mean it so. */
export function warnOfReadable(files: Readonly<Record<string, string | undefined>>, log: Log): void {
  for (const [setting, file] of Object.entries(files))
    if (file !== undefined && isReadable(file))
      log.warn('settings/readable-by-others', { setting, file, mend: `chmod 600 ${file}` })
}

/** A file that is not there is told of by its reader. */
function isReadable(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  return process.platform !== 'win32' && (mode & 0o077) !== 0
}
