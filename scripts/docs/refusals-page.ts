import { refusals } from '#contract'
import { table } from './table.js'

/** Every reason for which the gateway refuses a call, from the table that it answers from. */
export function refusalsPage(): string {
  const entries = Object.entries(refusals)
  const rows = entries.map(([code, { status, title }]) => [`[\`${code}\`](#${anchor(code)})`, String(status), title.en])
  return `# Refusals

This page is made from the table that the gateway answers from (\`npm run docs\`).

A code says why a call was refused. It is stable and never reused. The \`standard\` dialect sends it as \`code\` of a problem document (RFC 9457);
its \`type\` is \`<portal>/problems/<code>\`, a page of the portal. For \`request/contract\` the problem has \`parameter\` and \`expected\` as well. Other dialects
may send less, as their platform does. The access log holds the code of every refused call.

${table(['code', 'status', 'title'], rows)}
${entries.map(([code, entry]) => section(code, entry)).join('')}`
}

/** Anchor of a code: a slash cannot stand in one. */
const anchor = (code: string): string => code.replaceAll('/', '-')

type Entry = (typeof refusals)[keyof typeof refusals]

function section(code: string, { status, title, mend }: Entry): string {
  return `
<a id="${anchor(code)}"></a>

## \`${code}\`

${status}. ${title.en}. **${mend.en}**

*${title.fr}. ${mend.fr}*
`
}
