import type { Access } from '#access'
import type { Authorization } from '#authorization'
import type { Log } from '#base'
import type { CaseStore, Catalog } from '#catalog'
import type { Environment } from '#contract'
import type { EvidenceReader } from '#metering'
import type { Store } from '#storage'

export interface ControlNeeds {
  readonly access: Access
  readonly catalog: Catalog
  readonly authorization: Pick<Authorization, 'rotateKeys' | 'dropKey' | 'createAccount' | 'accountsOf'>
  readonly cases: CaseStore
  readonly evidence: EvidenceReader
  readonly store: Store
  readonly log: Log
  /** Public origins, for the calls that answers show. */
  readonly addresses: { readonly authorization: string; readonly gateway: string }
  /** Gives the demo applications access to all that is published by now, in `portique dev`; absent: there are none. */
  readonly demoApplications?: () => Promise<readonly DemoApplication[]>
}

export interface DemoApplication {
  readonly platform: string
  readonly environment: Environment
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string | null
}
