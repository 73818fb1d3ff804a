import type { Visit } from './visit.js'

/** An OpenID Provider elsewhere where people prove who they are. */
export interface Upstream {
  readonly name: string
  /** Sends the browser there on behalf of this interaction. */
  leave(visit: Visit, uid: string): Promise<void>
}
