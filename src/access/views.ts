import type { Environment } from '#contract'
import type { ApplicationView } from './access.js'
import type { ApplicationRecord } from './application-record.js'
import { accessProblem } from './problems.js'
import type { Records } from './records.js'

/** Records as the outside sees them; what the verbs share. */
export interface Views {
  known(applicationId: string): Promise<ApplicationRecord | undefined>
  /** Throws `access/unknown-application`. */
  wanted(applicationId: string): Promise<ApplicationRecord>
  /** Resolves when the changes told so far are in force. */
  settled(applicationId: string): Promise<void>
  view(record: ApplicationRecord): ApplicationView
  list(filter: { readonly platform?: string; readonly environment?: Environment }): readonly ApplicationView[]
}

export function createViews(
  records: Records,
  allowedScopes: (record: ApplicationRecord) => ReadonlySet<string>,
): Views {
  const view = (record: ApplicationRecord): ApplicationView => {
    const { id, name, platform, environment, state, subscriptions } = record.access
    const { type, redirectUris } = record
    const scopes = [...allowedScopes(record)]
    return {
      id,
      name,
      platform,
      environment,
      type,
      state,
      redirectUris,
      subscriptions: [...subscriptions.values()],
      scopes,
    }
  }
  return {
    view,
    known: (applicationId) => records.fresh(applicationId),
    async wanted(applicationId) {
      const record = await records.fresh(applicationId)
      if (record === undefined) throw accessProblem('access/unknown-application')
      return record
    },
    async settled(applicationId) {
      await records.fresh(applicationId)
    },
    list: ({ platform, environment }) =>
      [...records.all()]
        .filter(({ access }) => platform === undefined || access.platform === platform)
        .filter(({ access }) => environment === undefined || access.environment === environment)
        .sort((a, b) => a.access.name.localeCompare(b.access.name) || a.access.id.localeCompare(b.access.id))
        .map(view),
  }
}
