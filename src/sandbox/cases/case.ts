import type { Json } from '#contract'

/** One answer that an operator wrote down, and the parameters that call for it. */
export interface SandboxCase {
  readonly title: string
  /** An `operationId`; any operation when absent. */
  readonly operation?: string | undefined
  /** By name: of the path, the query or the body (a dotted path there); null: it must be absent. */
  readonly params: Readonly<Record<string, Json>>
  readonly status: number
  /** A value, or JSON in a text; none: no body. */
  readonly payload?: Json | undefined
  readonly headers: Readonly<Record<string, string>>
}
