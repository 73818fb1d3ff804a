/** Characters that reorder or hide the text around them (Unicode TR 36): bidirectional controls, zero-width marks, C0, C1 and tags. */
const unruly =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu

/** The space before a high sign of French, which must not begin a line. */
const frenchSpace = /(?<=\S|^) (?=[:;!?»](?:\s|$))|(?<=«) (?=\S|$)/g

/** The same text, with spaces that do not break beside the high signs of French. */
export const unbroken = (text: string): string => text.replace(frenchSpace, '\u00a0')

/**
 * A name from outside, fit to stand in a sentence of ours: nothing that reorders, hides or piles up, one line, at most `lengthMax`
 * characters. Escaping is not its matter: JSX escapes.
 */
export function tame(text: string, lengthMax = 200): string {
  const line = unbroken(
    text
      .slice(0, lengthMax * 4)
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\t\n\r]/g, ' ')
      .replace(unruly, '')
      .replace(/(\p{M}{2})\p{M}+/gu, '$1')
      .trim(),
  )
  const characters = [...line]
  return characters.length > lengthMax ? `${characters.slice(0, lengthMax - 1).join('')}…` : line
}
