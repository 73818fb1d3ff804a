import type { Text } from './text.js'

export interface ProblemOptions {
  /** Stable, never reused: `room/what-happened`. */
  readonly code: string
  /** The HTTP status it would have, also where no HTTP is involved. */
  readonly status: number
  /** What a stranger may read: what is wrong and what to do. */
  readonly text: Text
  /** For the log only; never sent. No personal value and no secret either. */
  readonly detail?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** The one error of the house: what the public may read (`text`) never mixes with what the operator needs (`detail`, `cause`). */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly text: Text
  readonly detail: Readonly<Record<string, unknown>>

  constructor(options: ProblemOptions) {
    super(options.text.en, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Problem'
    this.code = options.code
    this.status = options.status
    this.text = options.text
    this.detail = options.detail ?? {}
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem
