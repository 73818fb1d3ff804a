import { createHash } from 'node:crypto'
import { isAbsolute, join, relative, resolve } from 'node:path'

/**
 * Where the process that owns a data folder listens for commands: `<folder>/control.sock`, or a named pipe on Windows.
 * Socket paths hold 107 bytes at most, so the shorter of the absolute and the relative spelling is taken.
 */
export function controlAddress(folder: string, platform: NodeJS.Platform = process.platform): string {
  const absolute = resolve(folder, 'control.sock')
  if (platform === 'win32')
    return join('\\\\.\\pipe', `portique-${createHash('sha256').update(absolute).digest('hex').slice(0, 16)}`)
  const near = relative(process.cwd(), absolute)
  const shorter = near.length < absolute.length ? near : absolute
  return isAbsolute(shorter) ? shorter : `./${shorter}`
}
