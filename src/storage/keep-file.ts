import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isProblem, type Text } from '#base'
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
    throw storageProblem(code, { more: whyNot(path, cause), cause })
  }
}

/** In words where the reason is one that people meet. */
function whyNot(path: string, cause: unknown): Text {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EEXIST')
    return {
      fr: `${path} existe déjà et n’est jamais remplacé : donnez un autre nom, ou déplacez-le.`,
      en: `${path} is there already and is never replaced: give another name, or move it away.`,
    }
  if (!existsSync(dirname(resolve(path))))
    return {
      fr: `Le dossier ${dirname(path)} n’existe pas : créez-le.`,
      en: `The folder ${dirname(path)} is not there: make it first.`,
    }
  const why = cause instanceof Error ? cause.message : String(cause)
  return { fr: `(${path} : ${why})`, en: `(${path}: ${why})` }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
