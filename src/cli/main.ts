#!/usr/bin/env node
import { join } from 'node:path'
import { oldNode } from './old-node.js'

// A reader that leaves early (`portique … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const old = oldNode(process.versions.node)
if (old !== null) {
  process.stderr.write(`${old}\n`)
  process.exit(1)
}
// What V8 compiled is kept beside the code it was made of, whose owner alone may write there: a fifth of a start. Where nobody may, it is compiled anew.
const { enableCompileCache } = await import('node:module')
enableCompileCache(join(import.meta.dirname, '..', '..', '.compiled'))
// Loaded only now: what it is made of does not load in an older Node.
const { runCommandLine } = await import('./run-command-line.js')
const { env: environment, stdout: out, stderr: err } = process
const code = await runCommandLine(process.argv.slice(2), { environment, out, err })
// Ends what a refused start may have left open; a process that serves goes on.
if (code !== 0) process.exit(code)
