import type { Clock } from '#base'
import type { Refusal, UpstreamResponse } from '#contract'
import type { Call } from '../call.js'
import type { People } from '../personas/people.js'
import type { Dataset } from './dataset.js'
import type { Wrong } from './parameter-reader.js'
import type { Pause } from './pause.js'
import type { RefusalDeclaration } from './simulation-shape.js'

/** Answers a call of a simulated operation, or says why it refuses it. */
export type Simulate = (call: Call) => Answered | Promise<Answered>

/** An operation that is ready; what its rarer calls need besides is made by the first of them, or by `warm`. */
export interface Prepared {
  readonly simulate: Simulate
  warm?(): Promise<void>
}

export type Answered = UpstreamResponse | Refusal | Wrong

export interface OperationContext {
  readonly clock: Clock
  readonly refusal: RefusalDeclaration
  readonly datasetNamed: (name: string) => Promise<Dataset>
  readonly pause: Pause
  readonly people: People
}
