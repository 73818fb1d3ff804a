import type { Command } from 'commander'
import { createProgram } from '../../src/cli/program.js'
import { createTerminal } from '../../src/cli/terminal.js'

/** Every command with its options, from the command line itself. */
export function commandLinePage(): string {
  const program = createProgram({
    settings: unused,
    trySettings: unused,
    control: unused,
    terminal: createTerminal(process.stdout, process.stderr),
  })
  return `# Command line

This page is made from the command line itself (\`npm run docs\`).

In the project's folder a command is run as \`npm run portique -- <command>\`; below it is written \`portique <command>\`. Commands that change
something speak to the process that owns the data folder, over its control socket; where none runs, they open the store themselves. They end with 0, or
with 1 and a sentence that says what to do.
${leaves(program, []).map(section).join('')}`
}

const unused = () => {
  throw new Error('the page only asks for help')
}

interface Leaf {
  readonly name: string
  readonly command: Command
}

/** Commands that do something, in their order; a group is only the beginning of their names. */
function leaves(command: Command, trail: readonly string[]): readonly Leaf[] {
  const name = [...trail, command.name()]
  return command.commands.length === 0
    ? [{ name: name.join(' '), command }]
    : command.commands.flatMap((each) => leaves(each, name))
}

function section({ name, command }: Leaf): string {
  command.configureHelp({ helpWidth: 110 })
  return `
## \`${name}\`

\`\`\`
${command.helpInformation().trimEnd()}
\`\`\`
`
}
