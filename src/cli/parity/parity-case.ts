import type { ApiVersion, Environment, Operation, Platform } from '#contract'
import type { Caller } from './callers.js'
import type { Sent } from './exchange.js'

/** One question put to both environments. */
export interface ParityCase {
  readonly group: string
  readonly title: string
  readonly api: string
  /** The last of them is compared; those before it prepare it. */
  readonly calls: (side: Side) => readonly Sent[]
  /** All of them are sent at the same moment, and the one that is refused for the others is compared. */
  readonly together?: true
  /** The status that both must tell, where it is known before anybody is asked: two sides that are wrong alike would pass else. */
  readonly status?: number
  /** The code that the contract promises (`x-error-code`), which both must tell. */
  readonly code?: string
  /** Whoever is asked behind production says nothing: waits of several such cases may run side by side. */
  readonly silent?: true
  /** Parts that must differ by their meaning, with the reason; the rest is compared. */
  readonly apart?: { readonly parts: readonly string[]; readonly why: string }
}

/** One environment, with what its callers hold. */
export interface Side {
  readonly caller: Caller
  /** The same of the other environment. */
  readonly other: Caller
  /** Address of an API's resource in this environment; of the resource `/`, without that slash. */
  readonly pathOf: (api: ApiVersion, resource: string) => string
}

/** What the cases are made from. */
export interface Subject {
  readonly platform: Platform
  readonly api: ApiVersion
  readonly operation: Operation
}

export const environmentsCompared: readonly Environment[] = ['sandbox', 'production']

export const bearer = (token: string): readonly string[] => ['Authorization', `Bearer ${token}`]

export const get = (target: string, headers: readonly string[]): Sent => ({ method: 'GET', target, headers })
