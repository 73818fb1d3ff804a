import { readFileSync } from 'node:fs'
import { faults, type Proof } from './faults.js'
import { table } from './table.js'

/** The faults that are proven, each with its tests; throws when one of them is not there any more. */
export function faultsPage(): string {
  const sections = faults.map(({ about, faults: each }) => {
    const rows = each.map(({ fault, expected, proofs, open }) => [
      fault,
      open === undefined ? expected : `${expected} (${open})`,
      [...new Set(proofs.map(shown))].join('; '),
    ])
    return `## ${about}\n\n${table(['fault', 'what happens', 'shown by'], rows)}`
  })
  return `# Faults

This page is made from a list whose tests are looked up in their files (\`npm run docs\`): what may go wrong, what happens then, and where that is proven.
Run one with \`node --test dist/<file>.js\` after \`npm run build\`; those of PostgreSQL need \`DATABASE_URL\`.

${sections.join('\n\n')}
`
}

function shown({ file, titles, table: place = file }: Proof): string {
  const text = readFileSync(place, 'utf8')
  for (const title of titles)
    if (!text.includes(title)) throw new Error(`${place} has no test "${title}": mend scripts/docs/faults.ts`)
  return `\`${file}\``
}
