import { statSync } from 'node:fs'
import type { Log } from '#base'
import type { Mistake } from '#contract'
import { settingMistake } from './setting-mistake.js'
import type { Settings } from './settings.js'

/** Files of secrets that other users of the machine can read, or a group. */
export function readableByOthers(settings: Settings): readonly Mistake[] {
  return (['PORTIQUE_PROVIDER_SECRETS', 'PORTIQUE_UPSTREAMS', 'PORTIQUE_TLS_KEY'] as const).flatMap((setting) => {
    const file = settings[setting]
    if (file === undefined || !isOpen(file)) return []
    const mend = `chmod 600 ${file} (or PORTIQUE_SECRET_FILES=shared, where it is handed to a group on purpose)`
    return [settingMistake(setting, `others than its owner can read ${file}`, mend)]
  })
}

/** The same as warnings, where a start goes on. */
export function warnOfReadable(settings: Settings, log: Log): void {
  for (const { file: setting, reason, mend } of readableByOthers(settings))
    log.warn('settings/readable-by-others', { setting, reason, mend })
}

/** A file that is not there is told of by its reader. */
function isOpen(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  return process.platform !== 'win32' && (mode & 0o077) !== 0
}
