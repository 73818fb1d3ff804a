import { inOrder, type Mistake } from './mistake.js'

/** For a terminal: a paragraph for each mistake (nothing for none), `file:line:column` first, so that editors make it a link. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  const paragraphs = inOrder(mistakes).map(
    ({ file, line, column, reason, mend }) =>
      `${printable(file)}${line === 0 ? '' : `:${line}:${column}`}\n  ${printable(reason)}\n  → ${printable(mend)}`,
  )
  return paragraphs.join('\n\n')
}

/** Control characters of a file must not reach the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�')
