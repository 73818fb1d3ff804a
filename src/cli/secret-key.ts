import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, Problem } from '#base'
import { inDataFolder } from './in-data-folder.js'

/** The key that seals secrets, 32 bytes: the deployer's, else (in `dev`) one made once and kept in the data folder for its owner alone. */
export function secretKey(given: string | undefined, folder: string): Buffer {
  if (given !== undefined) return Buffer.from(given, 'base64url')
  const file = join(folder, 'secret.key')
  const key = inDataFolder(folder, () => {
    makeFolder(folder)
    if (!existsSync(file)) makeKey(folder, file)
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
  })
  if (key.length !== 32) throw damaged(file)
  return key
}

/** Whole and durable before its name stands, since what it seals is; of two processes that start at once, both read the first one's. */
function makeKey(folder: string, file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const descriptor = openSync(draft, 'wx', 0o600)
    try {
      writeFileSync(descriptor, `${randomBytes(32).toString('base64url')}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    linkFirst(draft, file)
    syncNames(folder)
  } finally {
    rmSync(draft, { force: true })
  }
}

function linkFirst(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  }
}

/** Windows opens no folder, and keeps names in its own journal. */
function syncNames(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

const damaged = (file: string) =>
  new Problem({
    code: 'data-folder/key',
    status: 500,
    text: {
      fr: `La clé de ${file} est abîmée : remettez-la depuis une copie ; sans elle, les secrets du stockage sont perdus.`,
      en: `The key in ${file} is damaged: put it back from a copy; without it the secrets of the store are lost.`,
    },
  })
