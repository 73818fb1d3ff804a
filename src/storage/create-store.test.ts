import { test } from 'node:test'
import { describeStore } from './trial/behaviour.js'
import { embeddedPlace, postgresPlace } from './trial/open-trial-store.js'

const url = process.env.DATABASE_URL

describeStore('the embedded store', () => embeddedPlace())
if (url !== undefined) describeStore('the store in PostgreSQL', () => postgresPlace(url))
else
  test('the store in PostgreSQL', { skip: 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run' }, () => {})
