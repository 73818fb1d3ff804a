import { type Platform, tokenTarget, type TourStop } from '#contract'
import type { DevApplication } from './dev-file.js'

export interface TourCommand {
  readonly title: string
  readonly command: string
  readonly stop: TourStop
}

/** The platform's tour as commands to paste into a shell, one after another: the first keeps its token in `TOKEN`. */
export function tourCommands(platform: Platform, application: DevApplication, url: string): readonly TourCommand[] {
  return (platform.tour ?? []).map((stop) => ({
    title: stop.title.en,
    stop,
    command: stop.kind === 'token' ? tokenCommand({ platform, application, url }, stop) : callCommand(url, stop),
  }))
}

interface TokenNeeds {
  readonly platform: Platform
  readonly application: Pick<DevApplication, 'client_id' | 'client_secret'>
  readonly url: string
}

/** Shows the whole answer and keeps the token in `TOKEN`. */
export function tokenCommand({ platform, application, url }: TokenNeeds, { realm, scope }: { readonly realm: string; readonly scope: string }): string {
  const found = platform.realms.find((each) => each.name === realm)
  const target = found === undefined ? '/' : tokenTarget(platform, found)
  const form = {
    grant_type: 'client_credentials',
    client_id: application.client_id,
    client_secret: application.client_secret ?? '',
    scope,
  }
  const data = Object.entries(form).map(([name, value]) => `-d ${quoted(`${name}=${value}`)}`)
  return `TOKEN=$(curl -s ${quoted(`${url}${target}`)} ${data.join(' ')} | tee /dev/stderr | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`
}

/** One call shows head and body; several show a line each of status and, where there is one, how long to wait. */
export function callCommand(url: string, { target, repeat }: { readonly target: string; readonly repeat: number }): string {
  const bearer = '-H "Authorization: Bearer $TOKEN"'
  if (repeat === 1) return `curl -i ${bearer} ${quoted(`${url}${target}`)}`
  const numbered = `${target}${target.includes('?') ? '&' : '?'}call=[1-${repeat}]`
  return `curl -si ${bearer} ${quoted(`${url}${numbered}`)} | grep -iE '^(HTTP|retry-after)'`
}

/** Bare where no shell reads anything into it, else between single quotes. */
const quoted = (text: string): string => (/^[\w.:/=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
