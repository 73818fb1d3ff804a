import { type Platform, type TourStop, tokenTarget } from '#contract'
import { callCommand, type TokenRequest, tokenCommand } from './curl-commands.js'
import type { DevApplication, DevToken } from './dev-file.js'

export interface TourCommand {
  readonly title: string
  readonly command: string
}

export interface TourGround {
  readonly application: DevApplication
  /** Long-lived tokens, those of the tour among them. */
  readonly tokens: readonly DevToken[]
  readonly url: string
}

/** The platform's tour as commands to paste into a shell, one after another: the first keeps its token in `TOKEN`. */
export function tourCommands(platform: Platform, ground: TourGround): readonly TourCommand[] {
  const commandOf = (stop: TourStop): string => {
    if (stop.kind === 'token') return tokenCommand(tokenOf(platform, stop, ground))
    if (stop.kind === 'sandbox-token') return `TOKEN=${keptTokenOf(platform, stop, ground)}`
    return callCommand(`${ground.url}${stop.target}`, stop)
  }
  return (platform.tour ?? []).map((stop) => ({ title: stop.title.en, command: commandOf(stop) }))
}

const keptTokenOf = (platform: Platform, { scope }: { readonly scope: string }, { tokens }: TourGround): string =>
  tokens.find(
    (each) => each.platform === platform.id && each.environment === 'sandbox' && each.scopes.join(' ') === scope,
  )?.token ?? ''

function tokenOf(
  platform: Platform,
  { realm, scope }: { readonly realm: string; readonly scope: string },
  by: { readonly application: DevApplication; readonly url: string },
): TokenRequest {
  const found = platform.realms.find((each) => each.name === realm)
  const { client_id: clientId, client_secret } = by.application
  return {
    url: `${by.url}${found === undefined ? '/' : tokenTarget(platform, found)}`,
    clientId,
    clientSecret: client_secret ?? '',
    scope,
  }
}
