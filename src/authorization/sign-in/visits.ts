import type { Visit } from './visit.js'

/** What browsers ask of a realm beside the library: interactions and the page of consents. */
export interface Visits {
  /** False at once when the path is none of theirs. Rejects with an OAuthRefusal for what cannot be understood. */
  handle(visit: Visit): false | Promise<void>
}
