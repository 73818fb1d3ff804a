const marks = /\p{M}+/gu
const gaps = /[^\p{L}\p{N}+#]+/gu

/** Words as they are compared: lower case, without accents or punctuation (`C++` and `C#` stay), one space between. */
export function normalise(text: string): string {
  return text
    .normalize('NFD')
    .replace(marks, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(gaps, ' ')
    .trim()
}

export function words(text: string): readonly string[] {
  const plain = normalise(text)
  return plain === '' ? [] : plain.split(' ')
}
