import type { ApiVersion, Environment, GoneAddress, Platform } from '#contract'

/** Where a call goes, as far as its address tells. */
export interface Route {
  readonly platform: Platform
  /** Null: the platform has no such API. */
  readonly api: ApiVersion | null
  /** The version that the address names and that does not exist, `api` being the newest of the others; null: it does. */
  readonly unknownVersion: string | null
  /** What the address was; null: it is no address of the past. */
  readonly gone: GoneAddress | null
  /** Null: the credential decides. */
  readonly environment: Environment | null
  /** Number of segments before the resource. */
  readonly depth: number
}
