import { medianSample, type Sample } from './measure.js'

export type Contestant = { readonly name: string; measure(): Promise<Sample> }
export type Measured = ReadonlyMap<string, Sample>

/**
 * Interleaves the contestants so that the machine's moods fall on all of them, and rotates their order.
 * Round 0 is thrown away: a young process still compiles what it runs most.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  rounds: number,
  tell: (round: number, name: string, sample: Sample) => void,
): Promise<Measured> {
  const samples = new Map<string, Sample[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const contestant of rotated(contestants, round)) {
      const sample = await contestant.measure()
      if (round > 0) samples.get(contestant.name)?.push(sample)
      tell(round, contestant.name, sample)
    }
  }
  return new Map([...samples].map(([name, taken]) => [name, medianSample(taken)]))
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = items.length === 0 ? 0 : by % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}
