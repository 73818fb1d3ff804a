import type { IncomingMessage } from 'node:http'
import type { ApiTokens } from '#access'

/** How visitors get tokens of the sandbox. */
export interface Visitors {
  readonly give: ApiTokens['giveToVisitor']
  readonly addressOf: (request: IncomingMessage) => string
}
