import type { Row, Store } from '#storage'
import type { ApplicationRows } from './application-record.js'

/** Every application with what belongs to it, in three queries. */
export async function loadApplications({ db }: Store): Promise<readonly ApplicationRows[]> {
  const [applications, credentials, subscriptions] = await Promise.all([
    db.selectFrom('application').selectAll().execute(),
    db.selectFrom('credential').selectAll().where('revoked_at', 'is', null).orderBy('created_at').execute(),
    db.selectFrom('subscription').selectAll().orderBy('api_id').orderBy('environment').execute(),
  ])
  const credentialsOf = Map.groupBy(credentials, (row) => row.application_id)
  const subscriptionsOf = Map.groupBy(subscriptions, (row) => row.application_id)
  return applications.map((application) => ({
    application,
    credentials: credentialsOf.get(application.id) ?? [],
    subscriptions: subscriptionsOf.get(application.id) ?? [],
  }))
}

export async function loadApplication({ db }: Store, id: string): Promise<ApplicationRows | undefined> {
  const [application, credentials, subscriptions] = await Promise.all([
    db.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirst(),
    loadCredentials(db, id),
    db
      .selectFrom('subscription')
      .selectAll()
      .where('application_id', '=', id)
      .orderBy('api_id')
      .orderBy('environment')
      .execute(),
  ])
  return application === undefined ? undefined : { application, credentials, subscriptions }
}

/** All credentials of an application, ended ones included, oldest first. */
export function loadCredentials(db: Pick<Store['db'], 'selectFrom'>, id: string): Promise<Row<'credential'>[]> {
  return db
    .selectFrom('credential')
    .selectAll()
    .where('application_id', '=', id)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}
