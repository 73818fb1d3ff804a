import assert from 'node:assert/strict'
import { it } from 'node:test'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { indexesOfArtifacts } from './0011-indexes-of-artifacts.js'

it('every index of artifacts is built before the first one goes, which locks the table', async () => {
  const statements: string[] = []
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (own) => new PostgresIntrospector(own),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => void statements.push(query.sql.split(' ', 2).join(' ')),
  })
  await indexesOfArtifacts(db)
  assert.deepEqual(statements, [...Array(3).fill('create index'), ...Array(3).fill('drop index')])
})
