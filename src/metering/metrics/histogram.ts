import type { Exposition } from './exposition.js'

/** Upper bounds of the duration buckets, in milliseconds. */
const bounds = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000]

/** Durations by bucket; one increment a call. */
export class Histogram {
  readonly #counts: number[] = new Array<number>(bounds.length + 1).fill(0)
  #sumMilliseconds = 0

  observe(milliseconds: number): void {
    let index = 0
    while (index < bounds.length && milliseconds > (bounds[index] ?? 0)) index += 1
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#sumMilliseconds += milliseconds
  }

  /** In seconds, as Prometheus has it, with cumulated buckets. */
  write(exposition: Exposition, name: string, labels: Readonly<Record<string, string>>): void {
    let calls = 0
    for (const [index, count] of this.#counts.entries()) {
      calls += count
      const bound = bounds[index]
      exposition.sample(`${name}_bucket`, { ...labels, le: bound === undefined ? '+Inf' : String(bound / 1000) }, calls)
    }
    exposition.sample(`${name}_sum`, labels, this.#sumMilliseconds / 1000)
    exposition.sample(`${name}_count`, labels, calls)
  }
}
