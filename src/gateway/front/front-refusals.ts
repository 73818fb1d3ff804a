import type { Log } from '#base'

export interface FrontRefusal {
  /** As the answer shows it. */
  readonly requestId: string
  readonly code: string
  /** Of the caller. */
  readonly address: string
}

export interface FrontRefusals {
  note(refused: FrontRefusal): void
  /** How many since the start, by code. */
  counts(): Readonly<Record<string, number>>
}

export interface FrontRefusalsNeeds {
  readonly log: Log
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number
  readonly linesPerSecond?: number
}

/**
 * A line in the log for what the front refuses, under the identifier that its answer shows. Anyone can have any number of requests refused:
 * beyond so many lines a second the others are told as a number, with the next line.
 */
export function createFrontRefusals({ log, now, linesPerSecond = 100 }: FrontRefusalsNeeds): FrontRefusals {
  const counts = new Map<string, number>()
  let endsAt = 0
  let written = 0
  let more = 0
  return {
    note({ requestId, code, address }) {
      counts.set(code, (counts.get(code) ?? 0) + 1)
      if (now() >= endsAt) {
        endsAt = now() + 1_000
        written = 0
      }
      written += 1
      if (written > linesPerSecond) {
        more += 1
        return
      }
      if (more > 0) log.info('front/refused-more', { count: more })
      more = 0
      log.info('front/refused', { requestId, code, address })
    },
    counts: () => Object.fromEntries(counts),
  }
}
