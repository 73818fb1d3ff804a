import { sql, type Transaction } from 'kysely'
import type { Database } from '#storage'
import { caseLimits } from './case-limits.js'

/** How much more a platform may keep. */
export interface CaseRoom {
  cases: number
  characters: number
}

export async function roomLeft(transaction: Transaction<Database>, platform: string): Promise<CaseRoom> {
  const { count, characters } = await transaction
    .selectFrom('sandbox_case')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(length(params) + length(description) + coalesce(length(payload), 0)), 0)`.as(
        'characters',
      ),
    ])
    .where('api_id', '>=', `${platform}/`)
    .where('api_id', '<', `${platform}0`)
    .executeTakeFirstOrThrow()
  return {
    cases: caseLimits.platformCases - Number(count),
    characters: caseLimits.platformCharacters - Number(characters),
  }
}
