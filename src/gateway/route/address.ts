import type { Route } from './route.js'
import type { Routes } from './routes.js'
import { type ParsedTarget, parseTarget } from './target.js'

/** What a request line and `Host` name; both null: an address of the gateway's that two readers could take in two ways. */
export interface Address {
  readonly target: ParsedTarget | null
  readonly route: Route | null
}

/** Null: none of the gateway's. */
export function addressOf(routes: Routes, host: string, rawTarget: string): Address | null {
  const target = parseTarget(rawTarget)
  if (target === null) return routes.claims(host, pathOf(rawTarget)) ? unreadable : null
  const route = routes.find(host, target)
  return route === null ? null : { target, route }
}

const unreadable: Address = { target: null, route: null }

function pathOf(rawTarget: string): string {
  const mark = rawTarget.indexOf('?')
  return mark < 0 ? rawTarget : rawTarget.slice(0, mark)
}
