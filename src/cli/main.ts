#!/usr/bin/env node
import { runCommandLine } from './run-command-line.js'

// A reader that leaves early (`portique … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const { env: environment, stdout: out, stderr: err } = process
const code = await runCommandLine(process.argv.slice(2), { environment, out, err })
// Ends what a refused start may have left open; a process that serves goes on.
if (code !== 0) process.exit(code)
