/** A name as it stands in a JSON text, quotes included, to be compared by four bytes at a time. */
export interface Literal {
  /** Bytes. */
  readonly length: number
  /** Four bytes each, the first one lowest. */
  readonly words: Int32Array
  /** The bytes that fill no word, and the bits that they take. */
  readonly rest: number
  readonly restMask: number
}

export function literal(name: string): Literal {
  const bytes = Buffer.from(`"${name}"`)
  const padded = Buffer.concat([bytes, Buffer.alloc(4)])
  const whole = bytes.length >> 2
  return {
    length: bytes.length,
    words: Int32Array.from({ length: whole }, (_, index) => padded.readInt32LE(4 * index)),
    rest: padded.readInt32LE(4 * whole),
    restMask: (1 << (8 * (bytes.length & 3))) - 1,
  }
}
