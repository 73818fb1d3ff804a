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

export type Answered = UpstreamResponse | Refusal | Wrong

export interface OperationContext {
  readonly clock: Clock
  readonly refusal: RefusalDeclaration
  readonly datasetNamed: (name: string) => Promise<Dataset>
  readonly pause: Pause
  readonly people: People
}
