import type { Json, JsonObject } from './json.js'

/** What the gateway itself answers where an API's upstream is `gateway` (`x-answer` of an operation). A closed list. */
export type OwnAnswer =
  /** The same for everybody. */
  | { readonly fixed: Json }
  /** What was proven of the token: a template in which `$id` and `$scopes` are filled in. */
  | { readonly token: JsonObject }
  /** The providers whose state may be asked: name and address of each. */
  | { readonly pings: { readonly address: string } }
  /** State of the provider that a parameter of the path names. */
  | { readonly ping: { readonly provider: string } }
  /** The contracts of these versions of the platform's APIs as one OpenAPI document. */
  | { readonly openapi: { readonly versions: readonly string[] } }
  /** The platform's own codes of errors, as its dialect has them. */
  | { readonly errors: true }

/** The name under which a provider's state may be asked. */
export interface ProviderPing {
  readonly name: string
  readonly title: string
}
