import { parseArgs } from 'node:util'
import { createPlace, storeKinds } from '../test/start/place.js'
import { killRounds } from '../test/stop/kill-rounds.js'

/** Kills the whole process under load, which must be ready again within five seconds, on the embedded store and on PostgreSQL where DATABASE_URL is set: `npm run test:kill-loop -- --rounds 50`. */
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
      const tell = (line: string) => console.log(`${kind.name}: ${line}`)
      await killRounds(place, { rounds, readyMillisecondsMax: 5_000, tell })
    } finally {
      await place.drop()
    }
    console.log(`${kind.name}: ${rounds} kills, none lost, none half-written, no mend, each start within 5 s`)
  }
  return 0
}

process.exitCode = await main()
