import { settingsReference } from '../../src/cli/settings-reference.js'
import { table } from './table.js'

/** Every setting, from the schema that reads them. */
export function settingsPage(): string {
  const rows = settingsReference().map(({ name, usual, meaning }) => [
    `\`${name}\``,
    usual === null ? '' : `\`${usual}\``,
    meaning,
  ])
  return `# Settings

This page is made from the schema that reads the environment (\`npm run docs\`). \`portique settings\` prints the same.

Settings are environment variables. An empty value counts as absent. Wrong ones stop the start, all named at once.

${table(['variable', 'default', 'meaning'], rows)}
`
}
