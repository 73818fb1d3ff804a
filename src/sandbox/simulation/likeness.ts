import { words } from './normalise.js'
import type { Pause } from './pause.js'

export interface Like {
  /** Number of the text, from 0. */
  readonly text: number
  /** 0 to 1. */
  readonly score: number
}

/** How much texts are alike by the rarity-weighted trigrams of their words: half cosine, half share of the sought text that is found. */
export interface Likeness {
  /** Texts with a score above 0, the best first, equal ones in their order. */
  like(text: string): readonly Like[]
}

export async function createLikeness(texts: readonly string[], pause: Pause): Promise<Likeness> {
  const postings = new Map<string, number[]>()
  for (const [number, text] of texts.entries()) {
    await pause()
    for (const gram of trigrams(text)) {
      const known = postings.get(gram)
      if (known === undefined) postings.set(gram, [number])
      else known.push(number)
    }
  }
  const rarity = (gram: string) => Math.log(1 + texts.length / (1 + (postings.get(gram)?.length ?? 0)))
  const norms = new Float64Array(texts.length)
  for (const [gram, numbers] of postings)
    for (const number of numbers) norms[number] = (norms[number] ?? 0) + rarity(gram) ** 2
  return {
    like(text) {
      const grams = [...trigrams(text)]
      const whole = grams.reduce((sum, gram) => sum + rarity(gram) ** 2, 0)
      const shared = new Float64Array(texts.length)
      for (const gram of grams)
        for (const number of postings.get(gram) ?? []) shared[number] = (shared[number] ?? 0) + rarity(gram) ** 2
      return Array.from(shared, (common, number) => ({ text: number, score: score(common, whole, norms[number] ?? 0) }))
        .filter((like) => like.score > 0)
        .sort((one, other) => other.score - one.score || one.text - other.text)
    },
  }
}

function score(common: number, whole: number, norm: number): number {
  if (common === 0) return 0
  const mean = (common / Math.sqrt(whole * norm) + common / whole) / 2
  return Math.round(Math.min(1, mean) * 1000) / 1000
}

function trigrams(text: string): ReadonlySet<string> {
  const grams = new Set<string>()
  for (const word of words(text)) {
    const padded = ` ${word} `
    for (let start = 0; start + 3 <= padded.length; start++) grams.add(padded.slice(start, start + 3))
  }
  return grams
}
