/** Disorder between callers up to this is taken for one and the same moment; more is a clock that was set back. Milliseconds. */
const disorderMilliseconds = 2000

/**
 * Time for counters out of a wall clock that may jump: `elapsed` never goes back and gains nothing when the clock is set back,
 * `wall` is the clock as believed now, `lag` is by how much the last caller was behind it. Milliseconds.
 */
export class SteadyTime {
  elapsed = 0
  wall = Number.NEGATIVE_INFINITY
  lag = 0

  /** Takes a reading; one that is no number changes nothing. */
  read(now: number): void {
    const at = Math.floor(now)
    if (at >= this.wall) {
      if (this.wall !== Number.NEGATIVE_INFINITY) this.elapsed += at - this.wall
      this.wall = at
    } else if (this.wall - at > disorderMilliseconds) {
      this.wall = at
    }
    this.lag = this.wall > at ? this.wall - at : 0
  }
}
