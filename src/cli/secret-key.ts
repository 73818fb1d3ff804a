import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key that seals secrets, 32 bytes: the deployer's, else (in `dev`) one made once and kept in the data folder for its owner alone. */
export function secretKey(given: string | undefined, folder: string): Buffer {
  if (given !== undefined) return Buffer.from(given, 'base64url')
  const file = join(folder, 'secret.key')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
}
