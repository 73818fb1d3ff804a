import type { Text } from '#base'
import type { Adapter } from './adapter/adapter.js'
import type { CallRule } from './call-rule.js'
import type { Environment } from './environment.js'
import type { Json, JsonObject } from './json.js'
import type { OwnAnswer, ProviderPing } from './own-answer.js'
import type { QuotaRule } from './quota.js'
import type { SandboxCase } from './sandbox-case.js'

export type LifecycleState = 'draft' | 'published' | 'deprecated' | 'retired'

export interface Lifecycle {
  readonly state: LifecycleState
  /** Milliseconds since the epoch (RFC 9745). */
  readonly deprecatedOn: number | null
  /** Milliseconds since the epoch (RFC 8594). */
  readonly sunsetOn: number | null
}

export interface AccessRules {
  readonly approval: 'automatic' | 'reviewed'
  readonly approvers: readonly string[]
  readonly terms: string | null
  readonly consent: boolean
  readonly businessProfile: boolean
  /** Calls leave evidence, committed before the answer goes out. */
  readonly personalData: boolean
  /** Anyone may call it, without a token: only what the gateway itself answers. Absent: no. */
  readonly open?: boolean
}

export interface UpstreamTarget {
  /** Absolute http or https address; the part of the path behind the API's version is appended to it. */
  readonly url: string
  readonly weight: number
}

/** `sandbox`: the simulation answers; `gateway`: the gateway itself, as the contract's `x-answer` says; `realm`: the API's realm, with its claims of the person signed in. Otherwise real addresses, chosen by weight among the healthy. */
export type UpstreamChoice = 'sandbox' | 'gateway' | 'realm' | readonly UpstreamTarget[]

/** Bounds on one call; sizes in bytes, times in milliseconds. */
export interface CallLimits {
  readonly requestBytesMax: number
  readonly requestBodyMilliseconds: number
  readonly connectMilliseconds: number
  readonly headersMilliseconds: number
  readonly idleMilliseconds: number
  readonly totalMilliseconds: number
}

/** Cross-origin calls from browsers; absent: none, and a preflight is refused. */
export interface CorsProfile {
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  readonly headers: readonly string[]
  readonly maxAgeSeconds: number
}

export type PathSegment = { readonly literal: string } | { readonly parameter: string }

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH'

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly id: string
  readonly method: HttpMethod
  /** Decoded literals and parameter names, relative to the API's version. */
  readonly segments: readonly PathSegment[]
  /** The document's own path, e.g. `/offres/{id}`. */
  readonly path: string
  /** The dereferenced OpenAPI operation object. */
  readonly definition: OperationDefinition
}

export interface ParameterDefinition {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema?: JsonObject
  readonly example?: Json
  /** What it says of the person whom the call is about (`canonicalIdentity`). */
  readonly 'x-identity'?: string
  /** It holds the SIRET of the body for which the data are. */
  readonly 'x-recipient'?: boolean
  /** The platform's own code for the refusal of a call that lacks it or has it wrong. */
  readonly 'x-error-code'?: string | { readonly missing: string; readonly wrong: string }
  /** A right beside scopes that a caller must have to use it. */
  readonly 'x-right'?: string
}

export interface MediaDefinition {
  readonly schema?: JsonObject
  readonly example?: Json
  readonly examples?: { readonly [name: string]: { readonly value?: Json; readonly summary?: string } }
}

export interface ResponseDefinition {
  readonly description?: string
  readonly headers?: JsonObject
  readonly content?: { readonly [mediaType: string]: MediaDefinition }
}

export interface OperationDefinition {
  readonly operationId?: string
  readonly summary?: string
  /** Folders of an import that hold cases of this operation. */
  readonly 'x-case-folders'?: readonly string[]
  /** A right beside scopes that a caller must have. */
  readonly 'x-right'?: string
  /** Realm of the person in whose name the token must be. */
  readonly 'x-person'?: string
  readonly 'x-checks'?: readonly CallRule[]
  readonly 'x-answer'?: OwnAnswer
  readonly parameters?: readonly ParameterDefinition[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content?: { readonly [mediaType: string]: MediaDefinition }
  }
  readonly responses?: { readonly [status: string]: ResponseDefinition }
}

/** The base path that an API declares for itself. */
export interface ApiPath {
  /** As written: `/v{version}/dss/quotient_familial`. */
  readonly source: string
  /** With this version in it. */
  readonly segments: readonly string[]
  /** Which segment holds the version; null: none. */
  readonly versionAt: number | null
  /** Literal before the version in its segment. */
  readonly versionMarker: string
}

/** A published version of an API: everything the gateway and the sandbox must know, frozen. */
export interface ApiVersion {
  /** `<platform>/<code>/<version>`, e.g. `demo/hello/1`. */
  readonly id: string
  readonly platform: string
  readonly code: string
  readonly version: string
  /** Its own base path; absent: that of the platform's shape. */
  readonly path?: ApiPath
  readonly title: Text
  readonly description: Text
  readonly lifecycle: Lifecycle
  readonly realm: string
  /** What a token must hold, per environment (the sandbox's technical scope may be spelled otherwise). */
  readonly scopes: Readonly<Record<Environment, readonly string[]>>
  /** A token that holds none of the scopes that shape an operation's answers is refused; absent: it gets an answer with nothing in it. */
  readonly shapingScopes?: boolean
  /** It is stated that the required scopes open all that is answered: then nothing is cut out of it. Absent: no. */
  readonly opensAll?: boolean
  readonly describedScopes: Readonly<Record<string, Text>>
  /** What a token may hold besides: scopes that shape data (`x-scope`, `x-population`), spelled the same in both environments. */
  readonly dataScopes?: readonly string[]
  /** Of all these (production's spelling), those that expose personal data, for which the person is asked. */
  readonly personalScopes?: readonly string[]
  /** Applications of the provider, by `client_id`, that may ask whether a token opens this API (RFC 7662). */
  readonly introspection?: readonly string[]
  readonly quotas: readonly QuotaRule[]
  readonly access: AccessRules
  readonly upstreams: Readonly<Record<Environment, UpstreamChoice>>
  /** Names under which its provider's state is asked; absent: it is not told. */
  readonly pings?: readonly ProviderPing[]
  /** How real addresses are asked, where the provider speaks otherwise than the contract. */
  readonly adapter?: Adapter | null
  readonly limits: CallLimits
  readonly cors: CorsProfile | null
  readonly operations: readonly Operation[]
  /**
   * The OpenAPI 3.1 document (3.0 is raised to it), dereferenced: equal references are one shared object, so never print it whole.
   * Where a schema contains itself the inner `$ref` (`#/…` into this document) is kept.
   */
  readonly document: JsonObject
  /** Cases of the sandbox, in the order of their files. */
  readonly cases?: readonly SandboxCase[]
  /** Where the document and its data came from: a folder, or the store for what `portique publish` put there. */
  readonly source: ApiSource
}

export type ApiSource = { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'store' }
