import { closeSync, fsyncSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { makeFolder } from '#base'
import { storageProblem } from '../problems.js'

export const storeFileName = 'portique.sqlite'

/** Makes the data folder where it is missing, readable by its owner only. Throws Problem `storage/not-a-folder` or `storage/folder-read-only`. */
export function prepareFolder(folder: string): void {
  try {
    const made = makeFolder(folder)
    // A new folder must outlive a power cut together with what is acknowledged in it.
    if (made !== undefined) syncFolder(dirname(resolve(made)))
  } catch (cause) {
    if (isSystemError(cause, ['EEXIST', 'ENOTDIR'])) throw about('storage/not-a-folder', folder, cause)
    if (isSystemError(cause, ['ENOSPC', 'EDQUOT'])) throw about('storage/full', folder, cause)
    throw about('storage/folder-read-only', folder, cause)
  }
  if (!statSync(folder).isDirectory()) throw about('storage/not-a-folder', folder)
}

/** Makes names that were created, renamed or removed in a folder durable. */
export function syncFolder(folder: string): void {
  // Windows has no way to open a folder for this, and keeps names in its own journal.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export function about(
  code: 'storage/not-a-folder' | 'storage/folder-read-only' | 'storage/full',
  folder: string,
  cause?: unknown,
) {
  return storageProblem(code, { more: { fr: `(${folder})`, en: `(${folder})` }, cause })
}

const isSystemError = (error: unknown, codes: readonly string[]) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
