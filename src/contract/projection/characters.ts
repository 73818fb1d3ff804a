/** Bytes that mean something in a JSON text (RFC 8259). */
export const characters = {
  space: 0x20,
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  /** Small; it ends `false` too. */
  exponent: 0x65,
  firstOfFalse: 0x66,
  firstOfNull: 0x6e,
  firstOfTrue: 0x74,
  letterU: 0x75,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const

export const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
export const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46)

/** What may stand behind a backslash, but for `u`. */
export const isEscapable = (byte: number): boolean => escapable.includes(byte)

const escapable: readonly number[] = [...Buffer.from('"\\/bfnrt')]
