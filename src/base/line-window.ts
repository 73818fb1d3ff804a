import type { Fields, Level, Log } from './log.js'

export interface LineWindowNeeds {
  readonly log: Log
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number
  /** The event of the line that tells how many others there were. */
  readonly more: string
  readonly linesPerSecond?: number
}

/** Writes one line, or counts it. */
export type WriteLine = (level: Level, event: string, fields: Fields) => void

/** For lines that anyone can cause any number of: beyond so many a second the others are told as a number, with the next line. */
export function createLineWindow({ log, now, more, linesPerSecond = 100 }: LineWindowNeeds): WriteLine {
  let endsAt = 0
  let written = 0
  let count = 0
  return (level, event, fields) => {
    if (now() >= endsAt) {
      endsAt = now() + 1_000
      written = 0
    }
    written += 1
    if (written > linesPerSecond) {
      count += 1
      return
    }
    if (count > 0) log.info(more, { count })
    count = 0
    log[level](event, fields)
  }
}
