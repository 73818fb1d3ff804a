import type { Platform, TokenHabits } from '#contract'
import type { AccessOptions } from '../access.js'
import { audited } from '../audited.js'
import { accessProblem } from '../problems.js'
import type { Views } from '../views.js'
import type { ApiTokens, ShownToken } from './api-tokens.js'
import { checkNetworks, checkRate, checkToken } from './check-token.js'
import { newTokenRow, successor } from './new-token-row.js'
import type { SigningKeys } from './signing-keys.js'
import { claimsOf } from './token-claims.js'
import { deed } from './token-deed.js'
import { listOf, type TokenRow, tokenRow, tokenRows } from './token-rows.js'
import { tokenText } from './token-text.js'
import { dayMilliseconds, tokenView } from './token-view.js'

type Verbs = Pick<ApiTokens, 'create' | 'show' | 'list' | 'renew' | 'replace' | 'setLimits' | 'revoke' | 'rotateKey'>

interface Needs {
  readonly options: AccessOptions
  readonly views: Views
  readonly keys: SigningKeys
}

/** The life of a token, from its making to its end. */
export function tokenVerbs({ options, views, keys }: Needs): Verbs {
  const { catalog, clock, identifiers, store } = options

  const found = async (id: string): Promise<TokenRow> => {
    const row = uuid.test(id) ? await tokenRow(store.db, id) : undefined
    if (row === undefined) throw accessProblem('access/unknown-token')
    return row
  }
  const platformOf = (id: string): Platform | undefined => catalog.platforms().get(id)
  const habitsOf = (platform: string): TokenHabits => {
    const habits = platformOf(platform)?.tokens
    if (habits == null) throw accessProblem('access/no-tokens-here')
    return habits
  }
  const shown = async (id: string): Promise<ShownToken> => {
    const row = await found(id)
    const { access } = await views.wanted(row.application_id)
    const [signing] = await keys.fresh()
    if (signing === undefined) throw new TypeError('no key signs tokens')
    const platform = platformOf(access.platform)
    const view = tokenView(row, access, { now: clock(), ...(platform !== undefined && { platform }) })
    return { ...view, token: tokenText(signing.key, claimsOf(row)) }
  }
  const settled = async (row: Pick<TokenRow, 'application_id'>) => views.settled(row.application_id)

  return {
    async create(request) {
      const { access } = await views.wanted(request.applicationId)
      const { days } = habitsOf(access.platform)
      const apis = catalog.apis().filter((api) => api.platform === access.platform)
      const checked = checkToken(request, { apis, environment: access.environment })
      const row = newTokenRow(checked, { applicationId: access.id, identifiers, now: clock(), days })
      await keys.fresh()
      await audited(options, async (transaction) => {
        await transaction.insertInto('api_token').values(row).execute()
        return deed('create', row, { actor: request.actor })
      })
      await settled(row)
      return shown(row.id)
    },

    show: shown,

    async list(filter = {}) {
      const now = clock()
      return (await tokenRows(store.db, filter)).map((row) => {
        const platform = platformOf(row.platform)
        const environment = row.environment === 'sandbox' ? 'sandbox' : 'production'
        const holder = { name: row.name, platform: row.platform, environment } as const
        return tokenView(row, holder, { now, ...(platform !== undefined && { platform }) })
      })
    },

    async renew({ tokenId, actor }) {
      const row = await found(tokenId)
      const { access } = await views.wanted(row.application_id)
      const habits = habitsOf(access.platform)
      const until = row.expires_at + habits.days * dayMilliseconds
      await audited(options, async (transaction, now) => {
        refuseEnded(row, now)
        if (row.expires_at - habits.renewalDays * dayMilliseconds > now) throw accessProblem('access/renewal-too-early')
        // Of two renewals at once, or of one beside a blocking, the second finds another row than it has judged.
        const { numUpdatedRows } = await transaction
          .updateTable('api_token')
          .set({ expires_at: until })
          .where('id', '=', tokenId)
          .where('expires_at', '=', row.expires_at)
          .where('blocked_at', 'is', null)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw accessProblem('access/token-changed')
        return deed('renew', row, { actor: actor, detail: { expiresAt: until } })
      })
      await settled(row)
      return shown(tokenId)
    },

    async replace({ tokenId, actor, afterDays }) {
      const row = await found(tokenId)
      const { access } = await views.wanted(row.application_id)
      const habits = habitsOf(access.platform)
      const days = afterDays ?? habits.replacementDays
      if (!(Number.isSafeInteger(days) && days >= 0 && days <= 366)) throw accessProblem('access/bad-block-date')
      const id = identifiers.uuid()
      let previousBlockedAt = 0
      await audited(options, async (transaction, now) => {
        refuseEnded(row, now)
        previousBlockedAt = Math.min(now + days * dayMilliseconds, row.expires_at)
        // As it is now: its limits may have become narrower since it was judged.
        const replaced = await transaction
          .updateTable('api_token')
          .set({ blocked_at: previousBlockedAt, replaced_by: id })
          .where('id', '=', tokenId)
          .where('replaced_by', 'is', null)
          .where('blocked_at', 'is', null)
          .returningAll()
          .executeTakeFirst()
        if (replaced === undefined) throw accessProblem('access/token-changed')
        await transaction
          .insertInto('api_token')
          .values(successor(replaced, { id, now, days: habits.days }))
          .execute()
        return deed('replace', row, { actor: actor, detail: { replacedBy: id, blockedAt: previousBlockedAt } })
      })
      await settled(row)
      return { token: await shown(id), previousBlockedAt }
    },

    async setLimits({ tokenId, actor, networks, callsPerMinute }) {
      if (networks === undefined && callsPerMinute === undefined) throw accessProblem('access/nothing-to-set')
      const change = {
        ...(networks !== undefined && { networks: JSON.stringify(checkNetworks(networks)) }),
        ...(callsPerMinute !== undefined && { calls_per_minute: checkRate(callsPerMinute) }),
      }
      const row = await found(tokenId)
      await audited(options, async (transaction, now) => {
        const changed = await transaction
          .updateTable('api_token')
          .set(change)
          .where('id', '=', tokenId)
          .where('expires_at', '>', now)
          .where((where) => where.or([where('blocked_at', 'is', null), where('blocked_at', '>', now)]))
          .returningAll()
          .executeTakeFirst()
        if (changed === undefined) throw accessProblem('access/token-ended')
        const detail = { networks: listOf(changed.networks), callsPerMinute: changed.calls_per_minute }
        return deed('set', row, { actor, detail })
      })
      await settled(row)
      return shown(tokenId)
    },

    async revoke({ tokenId, actor }) {
      const row = await found(tokenId)
      const changed = await audited(options, async (transaction, now) => {
        const { numUpdatedRows } = await transaction
          .updateTable('api_token')
          .set({ blocked_at: now })
          .where('id', '=', tokenId)
          .where((where) => where.or([where('blocked_at', 'is', null), where('blocked_at', '>', now)]))
          .executeTakeFirst()
        return numUpdatedRows === 0n ? null : deed('revoke', row, { actor })
      })
      await settled(row)
      return changed
    },

    async rotateKey({ overlapDays = 90, actor }) {
      if (!(Number.isSafeInteger(overlapDays) && overlapDays >= 0 && overlapDays <= 1_830))
        throw accessProblem('access/bad-key-overlap')
      const previousUntil = clock() + overlapDays * dayMilliseconds
      await keys.rotate(previousUntil, actor)
      return { previousUntil }
    },
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function refuseEnded({ blocked_at, expires_at }: TokenRow, now: number): void {
  if (blocked_at !== null) throw accessProblem('access/token-blocked')
  if (expires_at <= now) throw accessProblem('access/token-expired')
}
