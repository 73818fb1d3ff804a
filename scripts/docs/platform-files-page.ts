import { conversionList, jsonSchemas, outcomeRefusals, refusals } from '#contract'
import { inlined } from './inlined.js'
import { type Schema, schemaRows } from './schema-rows.js'
import { table } from './table.js'

/** Every key of the files that an operator writes, from the shapes that check them. */
export function platformFilesPage(): string {
  return `# Files of a platform

This page is made from the shapes that check the files (\`npm run docs\`). \`portique check <folder>\` holds a folder against them.

\`\`\`
platforms/<platform>/platform.yaml
platforms/<platform>/apis/<code>/<version>/openapi.yaml      the contract, OpenAPI 3.0 or 3.1
platforms/<platform>/apis/<code>/<version>/api.yaml
platforms/<platform>/apis/<code>/<version>/adapter.yaml      how a provider that speaks otherwise is asked
platforms/<platform>/apis/<code>/<version>/sandbox/*.yaml    cases
platforms/<platform>/apis/<code>/<version>/simulation.yaml   see simulation.md
platforms/<platform>/personas/*.yaml                         test people
platforms/<platform>/documentation.yaml                      what people read beside the contracts
\`\`\`

\`<name>\` stands for a name of your own, \`[]\` for each entry of a list. A key that is not here is refused.
${Object.entries(jsonSchemas()).map(section).join('')}${adapterTables()}`
}

// zod's own type of a JSON Schema is wider; these are the keywords that it writes for these shapes.
function section([file, schema]: readonly [string, object]): string {
  const { description = '' } = schema as Schema
  return `
## \`${file}\`

${description}

${table(['key', 'value', 'meaning'], schemaRows(inlined(schema as Schema)))}
`
}

function adapterTables(): string {
  const conversions = conversionList().map(({ name, does, example }) => [`\`${name}\``, does, `\`${example}\``])
  const outcomes = Object.entries(outcomeRefusals).map(([name, code]) => [
    ...[`\`${name}\``, `\`${code}\``, String(refusals[code].status)],
    refusals[code].title.en,
  ])
  return `
## Conversions of an adapter

The list is closed: there is no expression and no language. What is absent or null passes each of them but those that speak of it.

${table(['name', 'does', 'written'], conversions)}

## Meanings of a provider's answer

What \`is\` of \`adapter.yaml\` may say, and the refusal that it becomes; the platform's dialect gives it its documented code.

${table(['is', 'refusal', 'status', 'title'], outcomes)}
`
}
