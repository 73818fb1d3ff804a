export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** The blocks of a guide, in the part of Markdown that guides are written in: headings, paragraphs, flat lists, fenced code and tables. */
export function markdownBlocks(source: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = []
  const lines = source.split('\n')
  while (lines.length > 0) {
    const line = lines[0] ?? ''
    if (line.trim() === '') lines.shift()
    else if (line.startsWith('```')) blocks.push({ kind: 'code', text: fenced(lines) })
    else if (/^#{1,6} /.test(line)) blocks.push(heading(lines))
    else if (line.startsWith('|')) blocks.push(table(taken(lines, (each) => each.startsWith('|'))))
    else if (bullet.test(line)) blocks.push(list(taken(lines, (each) => each.trim() !== '')))
    else blocks.push({ kind: 'paragraph', text: taken(lines, (each) => !startsAnother(each)).join(' ') })
  }
  return blocks
}

const bullet = /^(?:-|\d+\.) +/
const startsAnother = (line: string) => line.trim() === '' || /^(?:```|#{1,6} |\|)/.test(line) || bullet.test(line)

/** Lines from the first on, as long as they belong. */
function taken(lines: string[], belongs: (line: string) => boolean): readonly string[] {
  const end = lines.findIndex((line, index) => index > 0 && !belongs(line))
  return lines.splice(0, end === -1 ? lines.length : end)
}

function fenced(lines: string[]): string {
  const [, ...inner] = taken(lines, (line) => !line.startsWith('```'))
  lines.shift()
  return inner.join('\n')
}

function heading(lines: string[]): MarkdownBlock {
  const [marks = '', ...words] = (lines.shift() ?? '').split(' ')
  return { kind: 'heading', level: marks.length, text: words.join(' ') }
}

function list(lines: readonly string[]): MarkdownBlock {
  const items: string[] = []
  for (const line of lines)
    if (bullet.test(line)) items.push(line.replace(bullet, ''))
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  return { kind: 'list', ordered: /^\d/.test(lines[0] ?? ''), items }
}

function table([head = '', , ...rows]: readonly string[]): MarkdownBlock {
  return { kind: 'table', head: cells(head), rows: rows.map(cells) }
}

/** A bar inside of code is written `\|`. */
const cells = (row: string) =>
  row
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim())
