import { chmodSync, closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup } from 'node:sqlite'
import { storageProblem } from '../problems.js'
import { syncFolder } from './data-folder.js'
import { openForReading } from './open-database.js'

/** Copies the running store to a new file, as it stood when the copy began. Throws Problem `storage/backup-refused` when the file cannot be made. */
export async function backUp(store: string, target: string): Promise<void> {
  const partial = `${target}.partial`
  const source = openForReading(store)
  try {
    // An open read keeps one view of the store: without it every commit of the writer starts the copy again.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    rmSync(partial, { force: true })
    // 200 pages a step: at 2,000 the main loop was seen to wait 45 ms.
    await backup(source, partial, { rate: 200 })
    keep(partial, target)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw storageProblem('storage/backup-refused', {
      more: { fr: `(${target} : ${why})`, en: `(${target}: ${why})` },
      cause,
    })
  } finally {
    source.close()
    rmSync(partial, { force: true })
  }
}

/** Gives the finished copy its name, durably; a link, unlike a rename, never replaces an earlier backup. */
function keep(partial: string, target: string): void {
  chmodSync(partial, 0o600)
  const descriptor = openSync(partial, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
  linkSync(partial, target)
  rmSync(partial)
  syncFolder(dirname(target))
}
