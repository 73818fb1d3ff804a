import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's packages, the lighter first: the same engine without its windows makes a page at a third of the processor time. */
const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

const executablePath = process.env.CHROMIUM ?? installed.find(existsSync)

/** Why the browser tests are not run; false where they are. */
export const noChromium =
  executablePath !== undefined && existsSync(executablePath)
    ? false
    : `there is no Chromium at ${executablePath ?? installed.join(' or ')} (set CHROMIUM): the browser tests are NOT run`

export function launchChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('there is no Chromium to launch')
  return chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-dev-shm-usage'] })
}
