/** Bytes that are ready to leave. */
export interface Departure {
  /** Writes them. */
  depart(): void
  /** What the whole turn made ready has been written. */
  departed?(): void
}

/**
 * What one turn of the event loop makes ready leaves together, at its end. The dearest part of a small write is the waking of its reader; one that
 * still has the write before to read is awake.
 */
export class Departures {
  #waiting: Departure[] = []

  add(departure: Departure): void {
    if (this.#waiting.push(departure) === 1) setImmediate(this.#leave)
  }

  readonly #leave = (): void => {
    const leaving = this.#waiting
    this.#waiting = []
    for (const departure of leaving) departure.depart()
    for (const departure of leaving) departure.departed?.()
  }
}

/** Those of this process, whatever their sockets: it has one event loop. */
export const departures = new Departures()
