import type { SandboxCase } from '#contract'
import type { Call } from '../call.js'

/** Finds the case that a call asks for. */
export interface CaseMatcher {
  find(call: Call): SandboxCase | null
  /** The case for a call that none asks for. */
  otherwise(call: Call): SandboxCase | null
}
