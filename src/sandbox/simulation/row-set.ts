/** A set of row numbers, one bit a row: combining filters over some thousands of rows costs microseconds. */
export interface RowSet {
  add(row: number): void
  has(row: number): boolean
  /** Keeps only what is in both. */
  keep(other: RowSet): void
  join(other: RowSet): void
  invert(): void
  count(): number
  readonly bits: Uint32Array
}

export function createRowSet(size: number, full = false): RowSet {
  const bits = new Uint32Array((size + 31) >>> 5)
  const trim = () => {
    if ((size & 31) !== 0) bits[bits.length - 1] = (bits.at(-1) ?? 0) & ((1 << (size & 31)) - 1)
  }
  const each = (merge: (own: number, other: number) => number) => (other: RowSet) => {
    for (let index = 0; index < bits.length; index++) bits[index] = merge(bits[index] ?? 0, other.bits[index] ?? 0)
  }
  if (full) {
    bits.fill(0xffffffff)
    trim()
  }
  return {
    bits,
    add(row) {
      bits[row >>> 5] = (bits[row >>> 5] ?? 0) | (1 << (row & 31))
    },
    has: (row) => (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1,
    keep: each((own, other) => own & other),
    join: each((own, other) => own | other),
    invert() {
      for (let index = 0; index < bits.length; index++) bits[index] = ~(bits[index] ?? 0)
      trim()
    },
    count: () => bits.reduce((sum, word) => sum + ones(word), 0),
  }
}

function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
