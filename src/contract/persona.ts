import type { Text } from '#base'
import type { JsonObject } from './json.js'

/** A test person: can sign in, and their data answer in every API of the sandbox. */
export interface Persona {
  readonly id: string
  readonly realm: string
  readonly sub: string
  readonly name: string
  readonly situation: Text
  readonly claims: JsonObject
  readonly data: JsonObject
  /** `down`: the services that hold this person's data are out of order; absent: `up`. */
  readonly provider?: 'up' | 'down'
}
