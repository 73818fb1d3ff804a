import { test } from 'node:test'
import { createPlace, storeKinds } from '../start/place.js'
import { killRounds } from './kill-rounds.js'

for (const kind of storeKinds)
  test(`kill -9 under load, a few rounds on the ${kind.name}: nothing acknowledged is lost`, async (t) => {
    const place = await createPlace(kind)
    t.after(() => place.drop())
    const rounds = kind.databaseUrl === null ? 3 : 1
    // Other tests take the processors meanwhile: the loop of its own holds it to five seconds.
    await killRounds(place, { rounds, readyMillisecondsMax: 15_000, tell: (line) => t.diagnostic(line) })
  })
