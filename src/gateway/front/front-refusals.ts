import { createLineWindow, type Log } from '#base'

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
 * A line in the log for what the front refuses, under the identifier that its answer shows.
 * Beyond so many lines a second the others are told as a number.
 */
export function createFrontRefusals(needs: FrontRefusalsNeeds): FrontRefusals {
  const counts = new Map<string, number>()
  const write = createLineWindow({ ...needs, more: 'front/refused-more' })
  return {
    note({ requestId, code, address }) {
      counts.set(code, (counts.get(code) ?? 0) + 1)
      write('info', 'front/refused', { requestId, code, address })
    },
    counts: () => Object.fromEntries(counts),
  }
}
