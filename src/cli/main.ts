#!/usr/bin/env node
import { isProblem, readSettings } from '#base'
import { withControl } from './control-connection.js'
import { createProgram } from './program.js'
import { createTerminal } from './terminal.js'

const terminal = createTerminal(process.stdout, process.stderr)
const settings = () => readSettings(process.env)
const program = createProgram({
  settings,
  terminal,
  control: (method, path, body) => withControl(settings(), (call) => call(method, path, body)),
})

try {
  await program.parseAsync()
} catch (error) {
  terminal.printError(isProblem(error) ? `\n  ${error.text.en}\n` : `\n  ${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  process.exit(1)
}
