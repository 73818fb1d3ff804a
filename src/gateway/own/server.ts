import type { Exchange } from '../exchange.js'

/** Where the platform is, as the caller addressed it: the path before its own addresses, and the whole. */
export function serverOf({ route, target, caller, received }: Exchange): {
  readonly path: string
  readonly url: string
} {
  const skipped = (route?.depth ?? 0) - (route?.api?.path?.segments.length ?? route?.depth ?? 0)
  const path = `/${(target?.segments ?? []).slice(0, skipped).join('/')}`
  return { path, url: `${caller.protocol}://${received.host}${path === '/' ? '' : path}` }
}
