import type { Platform } from '#contract'
import { exampleCurl, type SandboxAccess } from '#portal'
import type { TourCommand } from './tour-commands.js'

/** For a platform that shows no tour: a call of its first API that anyone may make at once, in the sandbox. Empty: it has none. */
export function ownTour(platform: Platform, url: string, access: SandboxAccess | null): readonly TourCommand[] {
  if (access === null) return []
  for (const api of platform.apis) {
    const commands = exampleCurl(api, { platform, addresses: { authorization: url, gateway: url }, access })
    if (commands === null || (commands.token === null && !commands.open)) continue
    if (commands.token !== null && commands.token.signIn !== null) continue
    const command = [...(commands.token === null ? [] : [commands.token.command]), commands.call].join('\n')
    return [{ title: `${platform.title.en}, ${api.title.en}: a call of the sandbox`, command }]
  }
  return []
}
