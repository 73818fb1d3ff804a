/** Something that must be over by its deadline, in milliseconds of the watch's own clock. The deadline may be moved at any time. */
export interface Watched {
  deadline: number
  expire(): void
}

/** One coarse ticker for all deadlines: a call costs a Set entry instead of four timers. Deadlines fire up to one tick late. */
export interface Watch {
  /** Milliseconds of a clock that never jumps. */
  now(): number
  add(watched: Watched): void
  delete(watched: Watched): void
  stop(): void
}

export function createWatch(monotonic: () => number, tickMilliseconds = 25): Watch {
  const all = new Set<Watched>()
  let timer: NodeJS.Timeout | null = null
  let idleTicks = 0
  const stop = () => {
    if (timer !== null) clearInterval(timer)
    timer = null
  }
  const tick = () => {
    const now = monotonic()
    for (const watched of all) if (watched.deadline <= now) expire(all, watched)
    idleTicks = all.size === 0 ? idleTicks + 1 : 0
    if (idleTicks > 40) stop()
  }
  return {
    now: monotonic,
    add(watched) {
      all.add(watched)
      if (timer !== null) return
      idleTicks = 0
      timer = setInterval(tick, tickMilliseconds)
      timer.unref()
    },
    delete: (watched) => void all.delete(watched),
    stop,
  }
}

function expire(all: Set<Watched>, watched: Watched): void {
  all.delete(watched)
  watched.expire()
}
