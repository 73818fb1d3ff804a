import { chmodSync, closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isProblem } from '#base'
import { syncFolder } from './embedded/data-folder.js'
import { type StorageProblemCode, storageProblem } from './problems.js'

/** Lets `write` fill a file beside `path`, then gives it that name durably: whole, or not there. An earlier file is never replaced. */
export async function keepFile(
  path: string,
  code: StorageProblemCode,
  write: (partial: string) => Promise<unknown>,
): Promise<void> {
  const partial = `${resolve(path)}.partial`
  try {
    rmSync(partial, { force: true })
    await write(partial)
    chmodSync(partial, 0o600)
    syncFile(partial)
    // A link, unlike a rename, fails when the name is taken.
    linkSync(partial, path)
    rmSync(partial)
    syncFolder(dirname(partial))
  } catch (cause) {
    rmSync(partial, { force: true })
    if (isProblem(cause)) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw storageProblem(code, { more: { fr: `(${path} : ${why})`, en: `(${path}: ${why})` }, cause })
  }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
