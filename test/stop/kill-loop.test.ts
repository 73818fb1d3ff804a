import { test } from 'node:test'
import { createPlace, storeKinds } from '../start/place.js'
import { killRounds } from './kill-rounds.js'

for (const kind of storeKinds)
  test(`kill -9 under load, three rounds on the ${kind.name}: nothing acknowledged is lost`, async (t) => {
    const place = await createPlace(kind)
    t.after(() => place.drop())
    await killRounds(place, 3, (line) => t.diagnostic(line))
  })
