import type { Terminal } from '../terminal.js'
import { columns } from '../terminal.js'
import { exceptions } from './differences.js'
import { unasked } from './suite.js'

export interface ParityRow {
  readonly group: string
  readonly title: string
  readonly api: string
  /** Status, and the code told. */
  readonly sandbox: string
  readonly production: string
  readonly differences: readonly string[]
  /** Why parts of it were not compared; null: all were. */
  readonly apart: string | null
}

export interface ParityReport {
  readonly platform: string
  readonly rows: readonly ParityRow[]
  readonly unplayed: readonly { readonly api: string; readonly title: string; readonly reason: string }[]
}

export const differing = ({ rows }: ParityReport): readonly ParityRow[] =>
  rows.filter(({ differences }) => differences.length > 0)

/** One line a case, the differences below theirs, then the sum. */
export function printReport(report: ParityReport, { print, style }: Terminal): void {
  const heads = ['', 'GROUP', 'SANDBOX', 'PRODUCTION', 'CASE']
  const lines = columns([
    heads,
    ...report.rows.map((row) => [mark(row), row.group, row.sandbox, row.production, row.title]),
  ]).split('\n')
  for (const [index, line] of lines.entries()) {
    const row = report.rows[index - 1]
    print(row !== undefined && row.differences.length > 0 ? style.bad(line) : line)
    for (const each of row?.differences ?? []) print(style.faint(`        ${each}`))
  }
  print()
  for (const each of report.unplayed) print(style.faint(`  not asked: ${each.title} (${each.api}): ${each.reason}`))
  for (const [why, rows] of apartIn(report)) print(style.faint(`  apart: ${rows.length}, since ${why}`))
  const [all, wrong, apart] = [report.rows, differing(report), report.rows.filter((row) => mark(row) === 'apart')]
  const known = apart.length === 0 ? '' : `, ${apart.length} apart for the reason told`
  const same = all.length - wrong.length - apart.length
  const sum = `${all.length} cases, ${same} the same in the sandbox and in production${known}, ${wrong.length} different.`
  print(`  ${wrong.length === 0 ? style.good(sum) : style.bad(sum)}`)
}

/** What was not compared, by its reason. */
function apartIn({ rows }: ParityReport): ReadonlyMap<string, readonly ParityRow[]> {
  const known = rows.filter(({ apart }) => apart !== null)
  return Map.groupBy(known, ({ apart }) => apart ?? '')
}

export function markdownOf(report: ParityReport): string {
  const { platform, rows, unplayed } = report
  const wrong = differing(report)
  const list = (lines: readonly string[]) =>
    lines.length === 0 ? '- none' : lines.map((line) => `- ${line}`).join('\n')
  return `# Parity of the sandbox and production: ${platform}

One suite, put to the sandbox and to production, which asks doubles of its providers. Status, headers and body are compared; where it is known beforehand what status or code both must tell, that is held against both.
**${rows.length} cases, ${wrong.length} different.**

## Differences

${list(wrong.flatMap(({ title, api, differences }) => differences.map((each) => `${api}, ${title}: ${cell(each)}`)))}

## Not compared

${list([
  ...exceptions.map(({ header, why }) => `\`${header}\`: ${why}; that it is there is compared`),
  ...rows.flatMap(({ api, title, apart, sandbox, production }) =>
    apart === null ? [] : [`${api}, ${title} (${sandbox} / ${production}): ${apart}`],
  ),
])}

## Not asked

${list([...unasked.map(({ what, why }) => `${what}: ${why}`), ...unplayed.map(({ api, title, reason }) => `${title} (${api}): ${reason}`)])}

## Cases

| | API | group | case | sandbox | production |
|---|---|---|---|---|---|
${rows.map((row) => `| ${mark(row)} | ${row.api} | ${row.group} | ${cell(row.title)} | ${row.sandbox} | ${row.production} |`).join('\n')}
`
}

const mark = ({ differences, apart }: ParityRow): string =>
  differences.length > 0 ? 'DIFFERS' : apart === null ? 'same' : 'apart'
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
