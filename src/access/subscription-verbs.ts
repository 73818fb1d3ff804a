import { type ApiVersion, type Environment, marksSandbox, type QuotaRule } from '#contract'
import type { Access, AccessOptions } from './access.js'
import type { ApplicationRecord } from './application-record.js'
import { audited } from './audited.js'
import { findApi } from './find-api.js'
import { accessProblem } from './problems.js'
import type { Views } from './views.js'

type Verbs = Pick<Access, 'subscribe' | 'subscribeAll' | 'unsubscribe'>

interface Target {
  readonly api: ApiVersion
  readonly environment: Environment
}

export function subscriptionVerbs(options: AccessOptions, views: Views): Verbs {
  const { catalog } = options

  /** An application is bound to its environment, unless the platform tells the sandbox apart by the path (design, decision 13). */
  const targetOf = async (applicationId: string, wanted: string, environment: Environment | undefined) => {
    const record: ApplicationRecord = await views.wanted(applicationId)
    const api = findApi(catalog.apis(), record.access.platform, wanted)
    const target: Target = { api, environment: environment ?? record.access.environment }
    const platform = catalog.platforms().get(api.platform)
    const both = platform !== undefined && marksSandbox(platform.path, api)
    if (!both && target.environment !== record.access.environment) throw accessProblem('access/bad-environment')
    return target
  }

  return {
    async subscribe({ applicationId, api: wanted, environment: asked, quotas, endsAt, actor }) {
      const { api, environment } = await targetOf(applicationId, wanted, asked)
      if (quotas !== undefined && !quotas.every(isQuota)) throw accessProblem('access/bad-quota')
      const detail = { api: api.id, environment, ...(quotas && { quotas }), ...(endsAt !== undefined && { endsAt }) }
      let created = false
      await audited(options, async (transaction, now) => {
        const before = await transaction
          .selectFrom('subscription')
          .selectAll()
          .where('application_id', '=', applicationId)
          .where('environment', '=', environment)
          .where('api_id', '=', api.id)
          .executeTakeFirst()
        const row = {
          quotas: quotas === undefined ? (before?.quotas ?? '[]') : JSON.stringify(quotas),
          ends_at: endsAt === undefined ? (before?.ends_at ?? null) : endsAt,
        }
        if (before?.quotas === row.quotas && before.ends_at === row.ends_at) return null
        created = before === undefined
        await transaction
          .insertInto('subscription')
          .values({ application_id: applicationId, environment, api_id: api.id, created_at: now, ...row })
          .onConflict((conflict) => conflict.columns(['application_id', 'environment', 'api_id']).doUpdateSet(row))
          .execute()
        return { actor, action: 'access.subscribe', applicationId, detail }
      })
      await views.settled(applicationId)
      const subscription = (await views.wanted(applicationId)).access.subscriptions.get(`${environment}|${api.id}`)
      if (subscription === undefined) throw accessProblem('access/unknown-application')
      return { ...subscription, created }
    },

    async subscribeAll({ applicationId, wanted, actor }) {
      const targets = await Promise.all(wanted.map(({ api, environment }) => targetOf(applicationId, api, environment)))
      await audited(options, async (transaction, now) => {
        const held = await transaction
          .selectFrom('subscription')
          .select(['environment', 'api_id'])
          .where('application_id', '=', applicationId)
          .execute()
        const known = new Set(held.map((row) => `${row.environment}|${row.api_id}`))
        const missing = targets.filter(({ api, environment }) => !known.has(`${environment}|${api.id}`))
        if (missing.length === 0) return null
        const rows = missing.map(({ api, environment }) => ({
          ...{ application_id: applicationId, environment, api_id: api.id },
          ...{ created_at: now, quotas: '[]', ends_at: null },
        }))
        await transaction.insertInto('subscription').values(rows).execute()
        return missing.map(({ api, environment }) => ({
          ...{ actor, action: 'access.subscribe', applicationId },
          detail: { api: api.id, environment },
        }))
      })
      await views.settled(applicationId)
    },

    async unsubscribe({ applicationId, api: wanted, environment: asked, actor }) {
      const { api, environment } = await targetOf(applicationId, wanted, asked)
      const changed = await audited(options, async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('subscription')
          .where('application_id', '=', applicationId)
          .where('environment', '=', environment)
          .where('api_id', '=', api.id)
          .executeTakeFirst()
        if (numDeletedRows === 0n) return null
        return { actor, action: 'access.unsubscribe', applicationId, detail: { api: api.id, environment } }
      })
      await views.settled(applicationId)
      return changed
    },
  }
}

const isQuota = ({ limit, periodSeconds }: QuotaRule) =>
  Number.isSafeInteger(limit) && limit >= 1 && Number.isSafeInteger(periodSeconds) && periodSeconds >= 1
