import type { Row, Store } from '#storage'
import type { TokenFilter } from './api-tokens.js'

export type TokenRow = Row<'api_token'>
type Db = Pick<Store['db'], 'selectFrom'>

export const tokenRow = (db: Db, id: string): Promise<TokenRow | undefined> =>
  db.selectFrom('api_token').selectAll().where('id', '=', id).executeTakeFirst()

/** Newest first, with their applications. */
export function tokenRows(db: Db, { applicationId, platform }: TokenFilter) {
  const all = db
    .selectFrom('api_token')
    .innerJoin('application', 'application.id', 'api_token.application_id')
    .selectAll('api_token')
    .select(['application.name', 'application.platform', 'application.environment'])
    .orderBy('api_token.created_at', 'desc')
    .orderBy('api_token.id')
  const ofApplication = applicationId === undefined ? all : all.where('api_token.application_id', '=', applicationId)
  return (platform === undefined ? ofApplication : ofApplication.where('application.platform', '=', platform)).execute()
}

/** The texts of a JSON array that this room wrote. */
export const listOf = (text: string): readonly string[] => Object.freeze(JSON.parse(text) as string[])
