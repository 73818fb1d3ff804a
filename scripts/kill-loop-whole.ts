import { parseArgs } from 'node:util'
import { createPlace, storeKinds } from '../test/start/place.js'
import { killRounds } from '../test/stop/kill-rounds.js'

/** Kills the whole process under load, on the embedded store and on PostgreSQL where DATABASE_URL is set: `npm run test:kill-loop -- --rounds 50`. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } })
  const rounds = Number(values.rounds)
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    console.error('--rounds takes a whole number of at least 1')
    return 2
  }
  for (const kind of storeKinds) {
    const place = await createPlace(kind)
    try {
      await killRounds(place, rounds, (line) => console.log(`${kind.name}: ${line}`))
    } finally {
      await place.drop()
    }
    console.log(`${kind.name}: ${rounds} kills, none lost, none half-written, no mend`)
  }
  return 0
}

process.exitCode = await main()
