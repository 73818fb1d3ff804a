import { copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isProblem, type Text } from '#base'
import { syncFile } from '../keep-file.js'
import { refuseNewer } from '../migrate.js'
import { storageProblem } from '../problems.js'
import { storeFileName, syncFolder } from './data-folder.js'
import { lockFolder } from './folder-lock.js'

/**
 * Puts a backup in the place of the embedded store of `folder`, which no process may use. The file is checked first and the swap is one rename.
 * Returns where the former store was put aside, null when there was none. Throws Problem `storage/folder-in-use`, `storage/newer` or `storage/backup-refused`.
 */
export function restoreBackup(folder: string, file: string): string | null {
  const lock = lockFolder(folder)
  const copy = join(folder, `${storeFileName}.restoring`)
  try {
    copyIn(file, copy)
    verify(copy)
    return swap(folder, copy)
  } finally {
    rmSync(copy, { force: true })
    lock.release()
  }
}

function copyIn(file: string, copy: string): void {
  if (!existsSync(file)) throw refused({ fr: `${file} n’existe pas`, en: `there is no file ${file}` })
  // What a store in use has in its log would be missing: such a file is no backup.
  if (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size) {
    throw refused({ fr: 'ce fichier est celui d’un stockage en service', en: 'this is the file of a store in use' })
  }
  try {
    copyFileSync(file, copy)
    syncFile(copy)
  } catch (cause) {
    throw refused({ fr: 'illisible', en: 'unreadable' }, cause)
  }
}

function verify(copy: string): void {
  try {
    const database = new DatabaseSync(copy)
    try {
      const [check] = database.prepare('pragma integrity_check(1)').all()
      if (check?.integrity_check !== 'ok') throw refused({ fr: 'il est abîmé', en: 'it is damaged' })
      if (database.prepare('pragma foreign_key_check').get() !== undefined)
        throw refused({ fr: 'il est incohérent', en: 'it contradicts itself' })
      const last = database.prepare('select max(name) as name from kysely_migration').get()
      refuseNewer(Number.parseInt(String(last?.name), 10))
    } finally {
      database.close()
    }
  } catch (cause) {
    if (isProblem(cause)) throw cause
    throw refused({ fr: 'ce n’est pas un stockage de Portique', en: 'it is not a store of Portique' }, cause)
  }
}

function swap(folder: string, copy: string): string | null {
  const store = join(folder, storeFileName)
  const aside = existsSync(store) ? freeName(`${store}.before-restore`) : null
  if (aside !== null) {
    emptyLog(store, aside)
    linkSync(store, aside)
  }
  renameSync(copy, store)
  syncFolder(folder)
  return aside
}

/** The log of the former store must not meet the new file: it is written into the old one, or goes aside when that one is past reading. */
function emptyLog(store: string, aside: string): void {
  try {
    const former = new DatabaseSync(store)
    former.exec('pragma wal_checkpoint(truncate)')
    former.close()
  } catch {}
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(store + suffix)) renameSync(store + suffix, aside + suffix)
  }
}

function freeName(name: string): string {
  for (let number = 1; ; number += 1) {
    if (!existsSync(`${name}-${number}`)) return `${name}-${number}`
  }
}

function refused(why: Text, cause?: unknown) {
  return storageProblem('storage/backup-refused', { more: { fr: `(${why.fr})`, en: `(${why.en})` }, cause })
}
