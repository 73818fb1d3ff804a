import { createStore } from '../create-store.js'

/** A process of its own for the tests: opens the store of a folder and writes without end, saying what was acknowledged. */
const [, , folder = ''] = process.argv
const store = await createStore({ folder, now: Date.now })
process.stdout.write('ready\n')
let number = 0
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (;;) {
      number += 1
      const id = `held-${process.pid}-${number}`
      await store.db
        .insertInto('audit')
        .values({ id, at: 1, actor: 'a', action: 'b', object: 'c', detail: 'd'.repeat(500) })
        .execute()
      process.stdout.write(`${id}\n`)
    }
  }),
)
