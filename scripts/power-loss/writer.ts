import { createStore, type Store } from '#storage'
import { createEmbeddedStore } from '../../src/storage/embedded/create-embedded-store.js'

/**
 * Writes into the store of a folder, or of a database, until it is killed, and says on standard output what was acknowledged, one identifier a line:
 * `single-…` is a lone row, `pair-…` a transaction of two rows. `off` is the control run's way to lose something, which no setting reaches.
 */
async function main(folder: string, synchronous: 'full' | 'off', databaseUrl?: string): Promise<void> {
  const options = { folder, now: Date.now, ...(databaseUrl === undefined ? {} : { databaseUrl }) }
  const store =
    synchronous === 'full' ? await createStore(options) : await createEmbeddedStore(options, { synchronous: 'OFF' })
  acknowledge('ready')
  await Promise.all([...Array.from({ length: 16 }, (_, index) => singles(store, index)), pairs(store)])
}

async function singles(store: Store, writer: number): Promise<never> {
  for (let number = 0; ; number += 1) {
    const id = `single-${process.pid}-${writer}-${number}`
    await store.db.insertInto('audit').values(row(id)).execute()
    acknowledge(id)
  }
}

async function pairs(store: Store): Promise<never> {
  for (let number = 0; ; number += 1) {
    const id = `pair-${process.pid}-${number}`
    await store.transaction(async (transaction) => {
      await transaction
        .insertInto('audit')
        .values(row(`${id}-a`))
        .execute()
      await transaction
        .insertInto('audit')
        .values(row(`${id}-b`))
        .execute()
    })
    acknowledge(id)
  }
}

const row = (id: string) => ({
  id,
  at: Date.now(),
  actor: 'writer',
  action: 'wrote',
  object: 'x',
  detail: 'y'.repeat(100),
})

/** Into a pipe, and so out of reach of what happens to the disk. */
function acknowledge(line: string): void {
  process.stdout.write(`${line}\n`)
}

const [, , folder, synchronous, databaseUrl] = process.argv
if (folder === undefined || (synchronous !== 'full' && synchronous !== 'off'))
  throw new Error('usage: <folder> full|off [database]')
await main(folder, synchronous, databaseUrl)
