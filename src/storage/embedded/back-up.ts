import { backup } from 'node:sqlite'
import { keepFile } from '../keep-file.js'
import { openForReading } from './open-database.js'

/** Copies the running store to a new file, as it stood when the copy began. Throws Problem `storage/backup-refused` when the file cannot be made. */
export async function backUp(store: string, target: string): Promise<void> {
  const source = openForReading(store)
  try {
    // An open read keeps one view of the store: without it every commit of the writer starts the copy again.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    // 200 pages a step: at 2,000 the main loop was seen to wait 45 ms.
    await keepFile(target, 'storage/backup-refused', (partial) => backup(source, partial, { rate: 200 }))
  } finally {
    source.close()
  }
}
