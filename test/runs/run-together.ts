import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'node:test'
import { pathToFileURL } from 'node:url'
// What the files of a run share is ended at its root, which is where these lines are read; the first watches over the others.
import './end-in-time.js'
import '../start/portique.js'

/** The tests of these folders in this one process, a suite for each file, so that what they all import is loaded once. */
export async function runTogether(folders: readonly string[]): Promise<void> {
  const files = folders.flatMap((folder) => globSync(`dist/${folder}/**/*.test.js`)).toSorted()
  const all = Promise.withResolvers<void>()
  // One after the other, so that whatever a file says while it is read is said within its own suite.
  for (const file of files)
    await new Promise<void>((read) => {
      describe(file.replace(/^dist\//, ''), async () => {
        await import(pathToFileURL(join(process.cwd(), file)).href).finally(read)
        // No test runs before all is loaded: some of them measure memory and time.
        await all.promise
      })
    })
  all.resolve()
}
