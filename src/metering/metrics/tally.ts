/** Counts by name, at most `namesMax` names; the rest is counted under `(others)`. */
export class Tally {
  readonly #counts = new Map<string, number>()
  readonly #namesMax: number

  constructor(namesMax: number) {
    this.#namesMax = namesMax
  }

  add(name: string): void {
    const known = this.#counts.get(name)
    if (known !== undefined) this.#counts.set(name, known + 1)
    else if (name === '(others)' || this.#counts.size < this.#namesMax) this.#counts.set(name, 1)
    else this.add('(others)')
  }

  entries(): Iterable<[string, number]> {
    return this.#counts.entries()
  }
}
