/** A small deterministic generator (mulberry32): the same seed gives the same sequence on every machine. */
export interface Random {
  /** A number from 0, inclusive, to 1, exclusive. */
  readonly next: () => number
  /** A whole number, both ends inclusive. */
  readonly int: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** Distinct members, in the order of the list. */
  readonly some: <T>(list: readonly T[], count: number) => readonly T[]
  readonly weighted: <T>(choices: readonly (readonly [weight: number, value: T])[]) => T
}

export function createRandom(seed: string): Random {
  const next = mulberry32(hash(seed))
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] ?? fail('an empty list')
  return { next, int, pick, chance: (probability) => next() < probability, some: pickSome(next), weighted: weigh(next) }
}

/** FNV-1a over UTF-16 units: stable, unsigned, 32 bits. */
export function hash(text: string): number {
  let value = 2166136261
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  }
  return value >>> 0
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function pickSome(next: () => number): Random['some'] {
  return (list, count) => {
    const kept: (typeof list)[number][] = []
    let wanted = Math.min(count, list.length)
    for (const [index, value] of list.entries()) {
      if (next() * (list.length - index) < wanted) {
        kept.push(value)
        wanted -= 1
      }
    }
    return kept
  }
}

function weigh(next: () => number): Random['weighted'] {
  return (choices) => {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0)
    let left = next() * total
    for (const [weight, value] of choices) {
      left -= weight
      if (left < 0) return value
    }
    return choices.at(-1)?.[1] ?? fail('no choice')
  }
}

function fail(what: string): never {
  throw new Error(`nothing can be picked from ${what}`)
}
