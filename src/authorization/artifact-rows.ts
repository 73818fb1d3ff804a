import type { AdapterPayload } from 'oidc-provider'
import type { Clock } from '#base'
import type { Row, Vault } from '#storage'
import { artifactKey } from './artifact-key.js'
import { shiftTimes } from './shift-times.js'

export interface ArtifactRowsOptions {
  readonly vault: Vault
  readonly clock: Clock
  /** `<platform>/<realm>` */
  readonly realm: string
}

export type Artifact = Row<'oidc_artifact'>

export interface ArtifactRows {
  toRow(id: string, payload: AdapterPayload, expiresIn: number | undefined): Artifact
  /** `id`: where it is known, of a model whose payload is kept without it. */
  toPayload(row: Artifact, id?: string): AdapterPayload
}

/** Hot and without secrets beside the identifier; every other model's payload is sealed. */
const openModels = new Set(['ClientCredentials', 'AccessToken', 'Grant', 'ReplayDetection'])

/**
 * What oidc-provider keeps, as rows. Identifiers lie there as hashes only. Times are the clock's that is handed in: the library's own
 * lifetime in seconds is added to it.
 */
export function createArtifactRows({ vault, clock, realm }: ArtifactRowsOptions, model: string): ArtifactRows {
  const sealed = !openModels.has(model)
  /** Seconds by which our clock is ahead of the machine's, the only one that the library reads. */
  const ahead = () => Math.round((clock() - Date.now()) / 1000)
  const contextOf = (idHash: string) => `oidc:${realm}:${model}:${idHash}`
  return {
    toRow(id, payload, expiresIn) {
      const idHash = artifactKey(id)
      const { jti: _, ...open } = payload
      const text = JSON.stringify(shiftTimes(sealed ? payload : open, ahead()))
      return {
        id_hash: idHash,
        realm,
        model,
        grant_id: grantIdOf(model, id, payload),
        uid: uidOf(model, payload),
        owner: model === 'Session' && payload.accountId !== undefined ? artifactKey(payload.accountId) : null,
        client_id: payload.clientId ?? null,
        payload: sealed ? vault.seal(text, contextOf(idHash)) : text,
        expires_at: expiresIn ? clock() + expiresIn * 1000 : null,
        consumed_at: null,
      }
    },
    toPayload(row, id) {
      const text = sealed ? vault.open(row.payload, contextOf(row.id_hash)) : row.payload
      return {
        ...shiftTimes(JSON.parse(text) as AdapterPayload, -ahead()),
        ...(id !== undefined && { jti: id }),
        ...(row.consumed_at !== null && { consumed: Math.floor(row.consumed_at / 1000) }),
      }
    },
  }
}

/** A question to the person outlives the grant that it is about: their answer is then given anew. */
function grantIdOf(model: string, id: string, { grantId }: AdapterPayload): string | null {
  if (model === 'Interaction') return null
  return (model === 'Grant' ? id : grantId) ?? null
}

/** Sessions are found by their second name, grants by the person who gave them. */
function uidOf(model: string, { uid, accountId }: AdapterPayload): string | null {
  const name = model === 'Grant' ? accountId : uid
  return name === undefined ? null : artifactKey(name)
}
