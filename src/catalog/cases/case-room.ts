import { sql, type Transaction } from 'kysely'
import type { Database, Row } from '#storage'
import { caseLimits } from './case-limits.js'

/** How much more a platform may keep. */
export interface CaseRoom {
  cases: number
  characters: number
}

const counted = ['title', 'description', 'params', 'headers', 'payload'] as const

/** What a case takes of the room. */
export const charactersOf = (row: Pick<Row<'sandbox_case'>, (typeof counted)[number]>): number =>
  counted.reduce((sum, name) => sum + (row[name]?.length ?? 0), 0)

export async function roomLeft(transaction: Transaction<Database>, platform: string): Promise<CaseRoom> {
  const { count, characters } = await transaction
    .selectFrom('sandbox_case')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(${sql.join(
        counted.map((name) => sql`coalesce(length(${sql.ref(name)}), 0)`),
        sql` + `,
      )}), 0)`.as('characters'),
    ])
    .where('api_id', '>=', `${platform}/`)
    .where('api_id', '<', `${platform}0`)
    .executeTakeFirstOrThrow()
  return {
    cases: caseLimits.platformCases - Number(count),
    characters: caseLimits.platformCharacters - Number(characters),
  }
}
