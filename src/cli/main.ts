#!/usr/bin/env node
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
// What follows is loaded only now: it does not load in an older Node.
const { compiledCode } = await import('./project.js')
const { keepCompiled } = await import('./compile-cache.js')
keepCompiled(compiledCode)
const { runCommandLine } = await import('./run-command-line.js')
const { env: environment, stdout: out, stderr: err } = process
const code = await runCommandLine(process.argv.slice(2), { environment, out, err })
// Ends what a refused start may have left open; a process that serves goes on.
if (code !== 0) process.exit(code)
