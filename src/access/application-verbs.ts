import { standardOAuthHabits } from '#contract'
import type { Access, AccessOptions } from './access.js'
import { audited } from './audited.js'
import { checkName, checkPurpose, checkRedirectUris } from './check-application.js'
import { insertCredential, toCredentialView } from './credentials.js'
import { loadCredentials } from './load-applications.js'
import { makeClientId, makeSecret } from './make-identifiers.js'
import { nearestNames } from './nearest-names.js'
import { accessProblem } from './problems.js'
import type { Views } from './views.js'

type Verbs = Pick<Access, 'createApplication' | 'suspend' | 'resume' | 'list' | 'show'>

export function applicationVerbs(options: AccessOptions, views: Views): Verbs {
  const { vault, identifiers, clock, store } = options

  const setState = async (applicationId: string, state: 'active' | 'suspended', actor: string) => {
    await views.wanted(applicationId)
    await audited(options, async (transaction, now) => {
      const { numUpdatedRows } = await transaction
        .updateTable('application')
        .set({ state, updated_at: now })
        .where('id', '=', applicationId)
        .where('state', '<>', state)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return null
      return { actor, action: state === 'active' ? 'access.resume' : 'access.suspend', applicationId, detail: {} }
    })
    await views.settled(applicationId)
  }

  return {
    async createApplication({ name, platform, environment, type = 'private', redirectUris, eventUrl, ...rest }) {
      const { actor } = rest
      const kept = checkName(name)
      const uris = checkRedirectUris(redirectUris)
      if (eventUrl != null) checkRedirectUris([eventUrl])
      const purpose = checkPurpose(rest.purpose)
      const habits = habitsOf(options, platform)
      const id = makeClientId(habits, kept, identifiers)
      const secret = type === 'public' ? null : { id: identifiers.id('cre'), value: makeSecret(habits, identifiers) }
      await audited(options, async (transaction, now) => {
        await transaction
          .insertInto('application')
          .values({
            id,
            name: kept,
            platform,
            environment,
            type,
            state: 'active',
            redirect_uris: JSON.stringify(uris),
            event_url: eventUrl ?? null,
            purpose,
            created_at: now,
            updated_at: now,
          })
          .execute()
        if (secret !== null) {
          await insertCredential(transaction, vault, { ...secret, applicationId: id, kind: 'secret', now })
        }
        return { actor, action: 'access.create', applicationId: id, detail: { platform, environment, type } }
      })
      await views.settled(id)
      return { application: views.view(await views.wanted(id)), secret }
    },

    suspend: ({ applicationId, actor }) => setState(applicationId, 'suspended', actor),
    resume: ({ applicationId, actor }) => setState(applicationId, 'active', actor),
    list: (filter = {}) => views.list(filter),

    async show(applicationId) {
      const record = await views.wanted(applicationId)
      const rows = await loadCredentials(store.db, applicationId)
      return { ...views.view(record), credentials: rows.map((row) => toCredentialView(row, vault, clock())) }
    },
  }
}

function habitsOf({ catalog }: AccessOptions, id: string) {
  const platform = catalog.platforms().get(id)
  if (platform !== undefined) return platform.oauth ?? standardOAuthHabits
  const near = nearestNames(id, catalog.platforms().keys()).join(', ')
  throw accessProblem(
    'access/unknown-platform',
    near === '' ? undefined : { fr: `Vouliez-vous dire : ${near} ?`, en: `Did you mean: ${near}?` },
  )
}
