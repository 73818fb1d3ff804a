import type { Sample } from './measure.js'
import { median } from './median.js'

export type Contestant = { readonly name: string; measure(): Promise<Sample> }
/** A sample a round of each contestant. */
export type Measured = ReadonlyMap<string, readonly Sample[]>

/**
 * Interleaves the contestants so that the machine's moods fall on all of them, and rotates their order.
 * The first ones are thrown away: a young process still compiles what it runs most.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  rounds: number,
  tell: (round: number, name: string, sample: Sample) => void,
): Promise<Measured> {
  const samples = new Map<string, Sample[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 1 - warmUpRounds; round <= rounds; round += 1) {
    for (const contestant of rotated(contestants, round)) {
      const sample = await contestant.measure()
      if (round > 0) samples.get(contestant.name)?.push(sample)
      tell(round, contestant.name, sample)
    }
  }
  return samples
}

const warmUpRounds = 3

/**
 * How one contestant compares with another: the ratio in each round, and of these the median. In a round both have the machine within seconds of each other,
 * and a change of its speed, which lasts longer, falls on both. Undefined when either was not measured.
 */
export function ratioOf(
  measured: Measured,
  { name, beside }: { readonly name: string; readonly beside: string },
  pick: (sample: Sample) => number,
): number | undefined {
  const others = measured.get(beside) ?? []
  const ratios = (measured.get(name) ?? []).flatMap((sample, round) => {
    const other = others[round]
    return other === undefined ? [] : [pick(sample) / pick(other)]
  })
  return ratios.length === 0 ? undefined : median(ratios)
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = items.length === 0 ? 0 : (by + warmUpRounds) % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}
