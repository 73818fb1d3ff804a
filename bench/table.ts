import { stripVTControlCharacters } from 'node:util'

/** A table that reads well as Markdown source and on a terminal: columns aligned, all but the first `left` to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => width(row[column] ?? ''))))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const padded = (row: readonly string[]) => widths.map((to, column) => pad(row[column] ?? '', to, column < left))
  const rule = widths.map((to, column) => (column < left ? '-'.repeat(to) : `${'-'.repeat(to - 1)}:`))
  return [line(padded(head)), line(rule), ...rows.map((row) => line(padded(row)))].join('\n')
}

function pad(text: string, to: number, left: boolean): string {
  const blanks = ' '.repeat(Math.max(0, to - width(text)))
  return left ? text + blanks : blanks + text
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length
}
