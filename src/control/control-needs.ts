import type { Access } from '#access'
import type { Authorization } from '#authorization'
import type { Log } from '#base'
import type { CaseStore, Catalog } from '#catalog'
import type { EvidenceReader } from '#metering'
import type { Store } from '#storage'

export interface ControlNeeds {
  readonly access: Access
  readonly catalog: Catalog
  readonly authorization: Pick<Authorization, 'rotateKeys' | 'createAccount'>
  readonly cases: CaseStore
  readonly evidence: EvidenceReader
  readonly store: Store
  readonly log: Log
  /** Public origins, for the calls that answers show. */
  readonly addresses: { readonly authorization: string; readonly gateway: string }
  /** The application that is subscribed at once to what is published on a platform, in `portique dev`; null: none. */
  readonly demoApplication?: (platform: string) => string | null
}
