import type { Transaction } from 'kysely'
import type { Database } from '#storage'
import type { Deed } from '../audited.js'

/** The application that holds what a platform's visitors were given, the same on every node. */
export const visitorsId = (platform: string): string => `visitors-${platform}`

interface Birth {
  readonly platform: string
  readonly now: number
}

/** Makes it at the first need: without a secret and a redirect address, so that it is nothing but a holder. Null: it is there. */
export async function visitorsApplication(
  transaction: Transaction<Database>,
  { platform, now }: Birth,
): Promise<Omit<Deed, 'actor'> | null> {
  const id = visitorsId(platform)
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('application')
    .values({
      ...{ id, platform, environment: 'sandbox', type: 'public', state: 'active' },
      ...{ name: 'Visiteurs du bac à sable', redirect_uris: '[]', event_url: null, purpose: null },
      ...{ created_at: now, updated_at: now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return null
  const detail = { platform, environment: 'sandbox', type: 'public' }
  return { action: 'access.create', applicationId: id, detail }
}
