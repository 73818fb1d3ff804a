import type { Socket } from 'node:net'
import type { AddressBlocks, Clock, Log } from '#base'
import type { ApiVersion, Dialect, DialectName, Upstream } from '#contract'
import type { AdaptedUpstream } from './adapter/adapted-upstream.js'
import type { PassedFields } from './answer/passed-fields.js'
import type { Loads } from './load/loads.js'
import type { KeepsRefusal } from './load/refusals-kept.js'
import type { OwnAnswers } from './own/own-answers.js'
import type { Pulse } from './own/pulse.js'
import type { HashPerson, KeepEvidence, Record } from './ports.js'
import type { HeaderVerdict } from './request/header-verdicts.js'
import type { Peer } from './request/peer.js'
import type { RequestIds } from './request/request-ids.js'
import type { ApiPlan } from './route/api-plan.js'
import type { Routes } from './route/routes.js'
import type { GatewaySettings } from './settings.js'
import type { StepNeeds } from './steps/step.js'
import type { HttpUpstream } from './upstream/http-upstream.js'
import type { Watch } from './upstream/watch.js'

/** What every call uses and none changes: made once, when the gateway is. */
export interface Machinery {
  readonly settings: GatewaySettings
  readonly clock: Clock
  readonly log: Log
  readonly watch: Watch
  readonly steps: StepNeeds
  readonly record: Record
  readonly keepEvidence: KeepEvidence
  readonly keepsRefusal: KeepsRefusal
  readonly hashPerson: HashPerson
  readonly dialectOf: (name: DialectName) => Dialect
  readonly sandbox: Upstream
  readonly http: HttpUpstream
  readonly own: OwnAnswers
  readonly pulse: Pulse
  /** `http` for APIs whose provider speaks otherwise than the contract. */
  readonly adapted: AdaptedUpstream
  readonly routes: () => Routes
  readonly planOf: (api: ApiVersion) => ApiPlan
  readonly requestIds: RequestIds
  readonly headerVerdict: (name: string) => HeaderVerdict
  readonly passedFields: PassedFields
  /** The same of an answer about a person: kept by nobody on the way, unless its provider says otherwise (RFC 9111 section 5.2.2.5). */
  readonly personalFields: PassedFields
  readonly peerOf: (socket: Socket) => Peer
  readonly trusted: AddressBlocks
  readonly loads: Loads
  /** True once `close` was called. */
  readonly stopping: () => boolean
}
