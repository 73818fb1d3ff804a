import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Clock } from '#base'
import type { Persona, UpstreamRequest } from '#contract'

/** Whose call it is, and in which environment: the path may say another than the token's. */
export type Asking = Pick<UpstreamRequest, 'environment' | 'verified'>

/** Opaque texts that stand for a person, good for one application in one environment, and for a time. */
export interface PersonTokens {
  issue(persona: Persona, to: Asking, seconds: number): string
  /** The person a token stands for; null: not ours, another application's, changed on the way, or too old. */
  holder(token: string | undefined, by: Asking): Persona | null
}

export interface PersonTokensOptions {
  readonly platform: string
  readonly personas: readonly Persona[]
  readonly clock: Clock
  /** 32 bytes. */
  readonly tokenKey: Uint8Array
}

const ivBytes = 12
const tagBytes = 16
const textMost = 1_000

/** Sealed with AES-256-GCM, so that no node has to remember them; the application is bound in as additional data. */
export function createPersonTokens({ platform, personas, clock, tokenKey }: PersonTokensOptions): PersonTokens {
  const audience = ({ environment, verified }: Asking) =>
    Buffer.from(`${platform}|${environment}|${verified.applicationId}`)
  const byId = new Map(personas.map((persona) => [persona.id, persona]))
  return {
    issue(persona, to, seconds) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', tokenKey, iv, { authTagLength: tagBytes }).setAAD(audience(to))
      const text = `${clock() + seconds * 1000}|${persona.id}`
      const sealed = [cipher.update(text, 'utf8'), cipher.final()]
      return Buffer.concat([iv, ...sealed, cipher.getAuthTag()]).toString('base64url')
    },
    holder(token, by) {
      const text = token === undefined || token.length > textMost ? null : unseal(token, tokenKey, audience(by))
      const [until = '0', id = ''] = text?.split('|') ?? []
      return Number(until) > clock() ? (byId.get(id) ?? null) : null
    },
  }
}

function unseal(token: string, key: Uint8Array, audience: Uint8Array): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= ivBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(audience).setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
