import type { Call } from './call.js'

/** What one application has of an origin's connections. */
export interface Share {
  active: number
  readonly waiting: Set<Call>
}

/**
 * Who may take the next connection, or the next place in the queue: an application that has fewer than are still free. One alone gets
 * half of them, a second one half of the rest, and so on: a newcomer always finds one, however many calls hang (Choudhury and Hahne's
 * dynamic thresholds, without a share set aside for anybody).
 */
export class Shares {
  readonly #connectionsMax: number
  readonly #queueMax: number
  readonly #shares = new Map<string, Share>()
  /** Those with waiting calls, each in its turn. */
  readonly #turns = new Set<Share>()
  #active = 0
  #waiting = 0

  constructor({ connectionsMax, queueMax }: { readonly connectionsMax: number; readonly queueMax: number }) {
    this.#connectionsMax = connectionsMax
    this.#queueMax = queueMax
  }

  of(applicationId: string): Share {
    let share = this.#shares.get(applicationId)
    if (share === undefined) {
      share = { active: 0, waiting: new Set() }
      this.#shares.set(applicationId, share)
    }
    return share
  }

  mayStart(share: Share): boolean {
    return share.active < this.#connectionsMax - this.#active
  }

  start(share: Share): void {
    share.active += 1
    this.#active += 1
  }

  end(share: Share): void {
    share.active -= 1
    this.#active -= 1
  }

  mayWait(share: Share): boolean {
    return share.waiting.size < this.#queueMax - this.#waiting
  }

  wait(share: Share, call: Call): void {
    share.waiting.add(call)
    this.#turns.add(share)
    this.#waiting += 1
    call.leaveQueue = () => this.#leave(share, call)
  }

  /** The call whose turn it is, taken out of the queue; null when nobody who waits may start. */
  next(): { readonly call: Call; readonly share: Share } | null {
    for (const share of this.#turns) {
      if (!this.mayStart(share)) continue
      for (const call of share.waiting) {
        this.#leave(share, call)
        call.leaveQueue = null
        // Behind the others, unless it was alone.
        if (this.#turns.delete(share)) this.#turns.add(share)
        return { call, share }
      }
    }
    return null
  }

  /** Lets go of applications that have not called for a while. */
  sweep(): void {
    if (this.#shares.size < sharesKept) return
    for (const [id, { active, waiting }] of this.#shares)
      if (active === 0 && waiting.size === 0) this.#shares.delete(id)
  }

  #leave(share: Share, call: Call): void {
    if (!share.waiting.delete(call)) return
    this.#waiting -= 1
    if (share.waiting.size === 0) this.#turns.delete(share)
  }
}

const sharesKept = 1_000
