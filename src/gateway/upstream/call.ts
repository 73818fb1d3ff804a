import { type Refusal, refusal, type UpstreamRequest, type UpstreamResponse } from '#contract'
import type { AnswerBody } from './answer-body.js'
import type { Breaker } from './breaker.js'
import type { UpstreamAddress } from './origin.js'
import { unwatched, type Watched } from './watch.js'

export type CallFault = 'unreachable' | 'unresolved' | 'untrusted' | 'connect-late' | 'late' | 'broken'

/** Who wants to know when a call cannot go on at its address. */
export interface CallOwner {
  now(): number
  /** Nothing was sent: another address may be tried. */
  notSent(call: Call, fault: CallFault): void
  /** The call is over for the watch and the breaker. */
  settled(call: Call): void
}

/** What carries a call, as far as the call must know. */
export interface Carrier {
  /** Drops the connection and whatever it still carries. */
  discard(): void
}

/** One request on its way to an upstream; its deadline is the nearer of its phase's and the absolute one. */
export class Call implements Watched {
  readonly request: UpstreamRequest
  readonly #owner: CallOwner
  readonly #resolve: (outcome: UpstreamResponse | Refusal) => void
  readonly #totalDeadline: number
  deadline: number
  place = unwatched
  address: UpstreamAddress | null = null
  breaker: Breaker | null = null
  connection: Carrier | null = null
  body: AnswerBody | null = null
  /** Some byte of it may have left. */
  sent = false
  /** A kept connection was dropped as it took the call: the next one is made for it. */
  wantsFresh = false
  answered = false
  over = false
  /** Addresses already tried. */
  readonly tried: UpstreamAddress[] = []
  /** Takes the call out of a pool's queue. */
  leaveQueue: (() => void) | null = null

  constructor(request: UpstreamRequest, resolve: (outcome: UpstreamResponse | Refusal) => void, owner: CallOwner) {
    this.request = request
    this.#resolve = resolve
    this.#owner = owner
    this.#totalDeadline = request.deadline ?? owner.now() + request.api.limits.totalMilliseconds
    this.deadline = this.#totalDeadline
  }

  /** Gives the phase that begins now its own bound; Infinity: only the absolute deadline counts. */
  enter(milliseconds: number) {
    this.deadline = Math.min(this.#totalDeadline, this.#owner.now() + milliseconds)
  }

  /** The watch found the deadline passed. */
  expire() {
    if (this.over) return
    if (this.leaveQueue !== null) return this.refuse(refusal('gateway/busy', { retryAfterSeconds: 1 }))
    if (!this.sent && this.#owner.now() < this.#totalDeadline) return this.#moveOn('connect-late')
    this.fail('late')
  }

  /** The client left: nothing is to be learnt of the upstream, and the connection is of no more use. */
  cancel(): void {
    if (this.over) return
    this.breaker?.abandoned()
    this.#end()
    this.connection?.discard()
    if (this.answered) this.body?.fail(new Error('upstream broken'))
    else this.#resolve(refusals.broken)
  }

  answer(response: UpstreamResponse): void {
    this.answered = true
    this.#resolve(response)
  }

  /** The connection broke down, or was never made. */
  fail(fault: CallFault) {
    if (this.over) return
    if (!this.sent && fault !== 'late') return this.#moveOn(fault)
    // An answer that takes too long may be held back by its reader: it tells nothing of the address.
    if (fault === 'late' && this.answered) this.breaker?.abandoned()
    else this.breaker?.failed(this.#owner.now())
    this.#end()
    this.connection?.discard()
    if (this.answered) this.body?.fail(new Error(`upstream ${fault}`))
    else this.#resolve(refusals[fault])
  }

  /** The whole answer has arrived. */
  complete(): void {
    if (this.over) return
    this.breaker?.succeeded()
    this.#end()
  }

  refuse(refused: Refusal): void {
    if (this.over) return
    this.#end()
    this.#resolve(refused)
  }

  #moveOn(fault: CallFault): void {
    this.breaker?.failed(this.#owner.now())
    const left = this.connection
    this.connection = null
    left?.discard()
    this.#owner.notSent(this, fault)
  }

  #end(): void {
    this.over = true
    this.leaveQueue?.()
    this.leaveQueue = null
    this.#owner.settled(this)
  }
}

export const refusals: { readonly [fault in CallFault]: Refusal } = {
  unreachable: refusal('upstream/unreachable'),
  unresolved: refusal('upstream/unresolved'),
  untrusted: refusal('upstream/untrusted'),
  'connect-late': refusal('upstream/late'),
  late: refusal('upstream/late'),
  broken: refusal('upstream/broken'),
}
