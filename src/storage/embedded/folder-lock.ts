import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storageProblem } from '../problems.js'
import { about, prepareFolder } from './data-folder.js'
import { sqliteProblem, writerError } from './sqlite-errors.js'

export interface FolderLock {
  release(): void
}

/**
 * Says that this process owns the data folder. The lock is the operating system's, held by SQLite on an empty file: it dies with the
 * process whatever kills it, so no stale lock ever needs a mend. `portique.pid` only serves the message.
 * Throws Problem `storage/folder-in-use`, `storage/not-a-folder` or `storage/folder-read-only`.
 */
export function lockFolder(folder: string): FolderLock {
  prepareFolder(folder)
  const held = hold(folder)
  const pidFile = join(folder, 'portique.pid')
  try {
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  } catch {
    // On a full disk the lock holds all the same, and only the message of a second process is poorer.
  }
  return {
    release() {
      if (!held.isOpen) return
      rmSync(pidFile, { force: true })
      held.close()
    },
  }
}

function hold(folder: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(join(folder, 'portique.lock'), { timeout: 0 })
    database.exec('begin exclusive')
    return database
  } catch (cause) {
    database?.close()
    const error = writerError(cause)
    const code = (error.errcode ?? 0) & 0xff
    if (code === busy) throw inUse(folder, cause)
    if (code === readOnly || code === cannotOpen) throw about('storage/folder-read-only', folder, cause)
    throw sqliteProblem(error)
  }
}

function inUse(folder: string, cause: unknown) {
  const pid = ownerOf(folder)
  return storageProblem('storage/folder-in-use', {
    more: { fr: `(${folder}, processus ${pid ?? 'inconnu'})`, en: `(${folder}, process ${pid ?? 'unknown'})` },
    detail: { folder, pid },
    cause,
  })
}

function ownerOf(folder: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(folder, 'portique.pid'), 'utf8'), 10) || null
  } catch {
    return null
  }
}

const busy = 5
const readOnly = 8
const cannotOpen = 14
