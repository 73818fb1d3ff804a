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
  /** The code that the contract promises (`x-error-code`), which both must tell. */
  readonly code?: string
  /** Parts that must differ by their meaning, with the reason; the rest is compared. */
  readonly apart?: { readonly parts: readonly string[]; readonly why: string }
}

/** One environment, with what its callers hold. */
export interface Side {
  readonly caller: Caller
  /** The same of the other environment. */
  readonly other: Caller
  /** Address of an API's resource in this environment. */
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
