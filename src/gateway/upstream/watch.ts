/** Something that must be over by its deadline, in milliseconds of the watch's own clock. The deadline may be moved at any time. */
export interface Watched {
  deadline: number
  /** Where the watch holds it; its own to write. Starts as `unwatched`. */
  place: number
  expire(): void
}

/** One coarse ticker for all deadlines: a call costs a place in a list instead of four timers. Deadlines fire up to one tick late. */
export interface Watch {
  /** Milliseconds of a clock that never jumps. */
  now(): number
  add(watched: Watched): void
  delete(watched: Watched): void
  stop(): void
}

export const unwatched = -1

/**
 * A list and not a `Set`: a Set that gains and loses an entry at each call is copied again and again, and each dead copy, once old,
 * keeps alive whatever the next one held: most of the calls survived until a full collection.
 */
export function createWatch(monotonic: () => number, tickMilliseconds = 25): Watch {
  const all: Watched[] = []
  let timer: NodeJS.Timeout | null = null
  let idleTicks = 0
  const stop = () => {
    if (timer !== null) clearInterval(timer)
    timer = null
  }
  const tick = () => {
    const now = monotonic()
    for (const watched of all.filter(({ deadline }) => deadline <= now)) expire(all, watched)
    idleTicks = all.length === 0 ? idleTicks + 1 : 0
    if (idleTicks > 40) stop()
  }
  return {
    now: monotonic,
    add(watched) {
      watched.place = all.length
      all.push(watched)
      if (timer !== null) return
      idleTicks = 0
      timer = setInterval(tick, tickMilliseconds)
      timer.unref()
    },
    delete: (watched) => remove(all, watched),
    stop,
  }
}

/** Unless the one before it has already put an end to it. */
function expire(all: Watched[], watched: Watched): void {
  if (watched.place === unwatched) return
  remove(all, watched)
  watched.expire()
}

/** The last one takes its place. */
function remove(all: Watched[], watched: Watched): void {
  if (watched.place === unwatched) return
  const last = all.pop()
  if (last !== undefined && last !== watched) {
    all[watched.place] = last
    last.place = watched.place
  }
  watched.place = unwatched
}
