import type { Deed } from '../audited.js'
import type { TokenRow } from './token-rows.js'

interface Done {
  readonly actor: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** What was done with a token. The application's record falls with it; the change of the token's own is for proofs that began before. */
export function deed(verb: string, { id, application_id: applicationId }: TokenRow, { actor, detail }: Done): Deed {
  return {
    ...{ actor, action: `access.token-${verb}`, applicationId },
    detail: { token: id, ...detail },
    changes: [{ topic: 'token', key: id }],
  }
}
