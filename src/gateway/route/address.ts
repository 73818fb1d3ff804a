import type { RefusalCode } from '#contract'
import { pathMistake } from './path-mistake.js'
import type { Route } from './route.js'
import type { Routes } from './routes.js'
import { type ParsedTarget, parseTarget } from './target.js'

/** What a request line and `Host` name. */
export interface Address {
  readonly target: ParsedTarget
  readonly route: Route
}

/** An address of the gateway's that two readers could take in two ways, and why. */
export interface Unreadable {
  readonly mistake: RefusalCode
  /** Whose it is as far as it can be read. */
  readonly near: Route
}

/** Null: none of the gateway's. */
export function addressOf(routes: Routes, host: string, rawTarget: string): Address | Unreadable | null {
  const target = parseTarget(rawTarget)
  if (target === null) {
    const near = routes.near(host, pathOf(rawTarget))
    return near === null ? null : { mistake: pathMistake(rawTarget), near }
  }
  const route = routes.find(host, target)
  return route === null ? null : { target, route }
}

export function pathOf(rawTarget: string): string {
  const mark = rawTarget.indexOf('?')
  return mark < 0 ? rawTarget : rawTarget.slice(0, mark)
}
