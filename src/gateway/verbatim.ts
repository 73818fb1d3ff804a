import type { Exchange } from './exchange.js'

/** Only the simulation, only in the sandbox environment, and only where the platform says so: no real person's data comes this way. */
export const isVerbatim = ({ route, api, environment }: Pick<Exchange, 'route' | 'api' | 'environment'>): boolean =>
  route?.platform.cases?.verbatim === true && environment === 'sandbox' && api?.upstreams.sandbox === 'sandbox'
