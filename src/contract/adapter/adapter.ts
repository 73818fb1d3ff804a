import type { Json } from '../json.js'
import type { dayFormats } from './dates.js'
import type { ProviderOutcome } from './provider-outcome.js'

/** How an API version is asked of a provider that speaks otherwise: `adapter.yaml`, checked against the contract. */
export interface Adapter {
  readonly credentials: ProviderCredentials | null
  /** Which answers are data; every other that no rule of `errors` names is a failure. */
  readonly success: SuccessRule
  /** What answers of the provider mean, the first that fits; before the usual meanings. */
  readonly errors: readonly ErrorRule[]
  /** By `Operation.id`. */
  readonly operations: Readonly<Record<string, AdaptedOperation>>
}

/** How we prove ourselves to the provider. Secrets are named, never written: `PORTIQUE_PROVIDER_SECRETS` holds them. */
export type ProviderCredentials =
  | { readonly kind: 'api-key'; readonly header: string; readonly secret: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | {
      readonly kind: 'oauth'
      readonly tokenUrl: string
      readonly clientId: string
      readonly clientSecret: string
      readonly scope: string | null
      readonly authentication: 'basic' | 'post'
    }

export interface AdaptedOperation {
  readonly request: AdaptedRequest
  readonly answer: AdaptedAnswer
  readonly errors: readonly ErrorRule[]
}

export interface AdaptedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Literal segments and `{name}`, filled from `/path/name` of what the pairs write; appended to the upstream's address. */
  readonly path: string
  readonly body: 'json' | 'form'
  /** From `{ parameters, body, call, person }` to `{ path, query, headers, body }`. */
  readonly pairs: readonly Pair[]
}

export interface AdaptedAnswer {
  /** Status of the contract's answer that the pairs write. */
  readonly status: number
  readonly pairs: readonly Pair[]
}

/** One value of one document written into another; pointers are JSON Pointers (RFC 6901). */
export interface Pair {
  /** One pointer, or several whose values make a list; none where `value` is written whatever the source. */
  readonly from: readonly string[]
  readonly list: boolean
  readonly value: Json | undefined
  readonly to: string
  readonly convert: readonly NamedConversion[]
  /** Pairs of each item of a list, or of an object; null: the value is taken whole. */
  readonly each: readonly Pair[] | null
  readonly map: readonly Pair[] | null
  /** Where nothing stands at `from`, the document is none that can be mapped. */
  readonly required: boolean
  /** Which items of the list are taken. */
  readonly where: ValueTest | null
}

export interface NamedConversion {
  readonly name: string
  readonly argument: Json | undefined
}

/** Whether what stands at a pointer is one of some values, or a date before a day. */
export interface ValueTest {
  readonly at: string
  readonly among: readonly Json[]
  readonly before: DayBound | null
}

/** A day, YYYY-MM-DD, and how the provider writes the date that is held against it. */
export interface DayBound {
  readonly day: string
  readonly format: (typeof dayFormats)[number]
}

/** The statuses of a success, and the value of the body that tells it from an error of the same status; null: the status is enough. */
export interface SuccessRule {
  readonly statuses: readonly string[]
  readonly when: ValueTest | null
}

/** As `info.x-provider` of a contract. */
export interface NamedProvider {
  readonly code: string
  readonly name: string
}

/** An answer of the provider by its status (`404`, `5XX`) and, where it is not enough, by a value of its body. */
export interface ErrorRule {
  readonly statuses: readonly string[]
  readonly when: ValueTest | null
  readonly is: ProviderOutcome
  /** Who says so, where several stand behind one API; null: the one of the contract. */
  readonly provider: NamedProvider | null
}
