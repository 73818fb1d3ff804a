import type { Transaction } from 'kysely'
import { standardOAuthHabits } from '#contract'
import type { Database, Row } from '#storage'
import type { Access, AccessOptions } from './access.js'
import { audited } from './audited.js'
import { insertCredential } from './credentials.js'
import { loadCredentials } from './load-applications.js'
import { makeSecret } from './make-identifiers.js'
import { accessProblem } from './problems.js'
import type { Views } from './views.js'

const daySeconds = 86_400

type Verbs = Pick<Access, 'rotateSecret' | 'issueApiKey' | 'revokeSecret'>

export function secretVerbs(options: AccessOptions, views: Views): Verbs {
  const { identifiers, catalog, vault } = options

  return {
    async rotateSecret({ applicationId, overlapSeconds = daySeconds, actor }) {
      const record = await views.wanted(applicationId)
      if (record.type === 'public') throw accessProblem('access/no-secret-for-public')
      if (!(overlapSeconds >= 0 && overlapSeconds <= 90 * daySeconds)) throw accessProblem('access/bad-overlap')
      const habits = catalog.platforms().get(record.access.platform)?.oauth ?? standardOAuthHabits
      const issued = { id: identifiers.id('cre'), value: makeSecret(habits, identifiers) }
      let previousEndsAt: number | null = null
      await audited(options, async (transaction, now) => {
        previousEndsAt = await endPrevious(transaction, applicationId, now + Math.round(overlapSeconds * 1000), now)
        await insertCredential(transaction, vault, { ...issued, applicationId, kind: 'secret', now })
        const detail = { credential: issued.id, previousEndsAt }
        return { actor, action: 'access.rotate', applicationId, detail }
      })
      await views.settled(applicationId)
      return { ...issued, previousEndsAt }
    },

    async issueApiKey({ applicationId, actor }) {
      await views.wanted(applicationId)
      const issued = { id: identifiers.id('cre'), value: identifiers.secret() }
      await audited(options, async (transaction, now) => {
        await insertCredential(transaction, vault, { ...issued, applicationId, kind: 'api-key', now })
        return { actor, action: 'access.issue-key', applicationId, detail: { credential: issued.id } }
      })
      await views.settled(applicationId)
      return issued
    },

    async revokeSecret({ applicationId, credentialId, actor }) {
      await views.wanted(applicationId)
      await audited(options, async (transaction, now) => {
        const row = (await loadCredentials(transaction, applicationId)).find(({ id }) => id === credentialId)
        if (row === undefined) throw accessProblem('access/unknown-credential')
        if (row.revoked_at !== null) return null
        await revoke(transaction, row, now)
        return { actor, action: 'access.revoke', applicationId, detail: { credential: credentialId } }
      })
      await views.settled(applicationId)
    },
  }
}

/** At most two secrets live at once: the newest before the rotation gets an end, older ones end now. */
async function endPrevious(transaction: Transaction<Database>, applicationId: string, endsAt: number, now: number) {
  const live = (await loadCredentials(transaction, applicationId)).filter(
    (row) => row.kind === 'secret' && row.revoked_at === null && (row.expires_at === null || row.expires_at > now),
  )
  const newest = live.pop()
  for (const row of live) await revoke(transaction, row, now)
  if (newest === undefined) return null
  const end = Math.min(newest.expires_at ?? endsAt, endsAt)
  await transaction.updateTable('credential').set({ expires_at: end }).where('id', '=', newest.id).execute()
  return end
}

async function revoke(transaction: Transaction<Database>, row: Row<'credential'>, now: number) {
  await transaction.updateTable('credential').set({ revoked_at: now }).where('id', '=', row.id).execute()
}
