import type { Access, AccessOptions } from './access.js'
import { createAllowedScopes } from './allowed-scopes.js'
import { applicationVerbs } from './application-verbs.js'
import { createLastUse } from './last-use.js'
import { createRecords } from './records.js'
import { secretVerbs } from './secret-verbs.js'
import { subscriptionVerbs } from './subscription-verbs.js'
import { createApiTokens } from './tokens/create-api-tokens.js'
import { createViews } from './views.js'

const none: ReadonlySet<string> = new Set()

/** Reads what is in force and follows it from then on. */
export async function createAccess(options: AccessOptions): Promise<Access> {
  const { store, catalog, clock } = options
  const records = await createRecords(store, catalog)
  const scopesOf = createAllowedScopes(catalog.apis, clock)
  const views = createViews(records, scopesOf)
  const lastUse = createLastUse(options, 'credential')
  const tokens = await createApiTokens(options, views)

  return {
    ...applicationVerbs(options, views),
    ...secretVerbs(options, views),
    ...subscriptionVerbs(options, views),
    snapshot: records.snapshot,
    record: records.record,
    fresh: records.fresh,
    apiKey: records.apiKey,
    allowedScopes(applicationId, realm) {
      const record = records.record(applicationId)
      return record === undefined ? none : scopesOf(record, realm)
    },
    used: lastUse.used,
    tokens,
    async close() {
      records.close()
      await Promise.all([lastUse.close(), tokens.close()])
    },
  }
}
