import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why the browser tests are not run; false where they are. */
export const noChromium = existsSync(executablePath)
  ? false
  : `there is no Chromium at ${executablePath} (set CHROMIUM): the browser tests are NOT run`

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-dev-shm-usage'] })
}
