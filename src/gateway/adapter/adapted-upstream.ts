import type { Clock, Log } from '#base'
import {
  type Adapter,
  type ApiVersion,
  type Refusal,
  refusal,
  type UpstreamRequest,
  type UpstreamResponse,
} from '#contract'
import { headerValue } from '../answer/projected-headers.js'
import { takeAnswerBody } from '../answer/take-answer-body.js'
import type { LoadHolder, Loads } from '../load/loads.js'
import type { HttpUpstream, UnderWay } from '../upstream/http-upstream.js'
import { unwatched, type Watch, type Watched } from '../upstream/watch.js'
import { type PreparedAdapter, type PreparedOperation, prepareAdapter } from './prepare.js'
import { type ProviderAnswer, readAnswer } from './provider-answer.js'
import { providerRequest } from './provider-request.js'

export interface AdaptedUpstreamOptions {
  /** The one that is made another. */
  readonly http: Pick<HttpUpstream, 'ask'>
  /** A platform's own secret by name; null: nobody gave it. */
  readonly secretOf: (platform: string, name: string) => string | null
  readonly loads: Loads
  readonly clock: Clock
  readonly watch: Watch
  readonly log: Log
}

type Settle = (outcome: UpstreamResponse | Refusal) => void

export interface AdaptedUpstream {
  /** What the provider says takes room of `holder`, who gives it back when its call is over. */
  ask(request: UpstreamRequest, settle: Settle, holder: LoadHolder): UnderWay
  /** Makes ready what the first call would wait for; nothing where the API has no adapter, or was made ready before. */
  warm(api: ApiVersion): Promise<void>
}

/**
 * An upstream made of another: asks the provider in its own words and answers in those of the contract, so that whatever comes after
 * cannot tell. Nothing that the caller or the provider sent is ever logged.
 */
export function createAdaptedUpstream(options: AdaptedUpstreamOptions): AdaptedUpstream {
  const prepared = new WeakMap<ApiVersion, Promise<PreparedAdapter>>()
  const adapterOf = (api: ApiVersion, adapter: Adapter) => {
    const known =
      prepared.get(api) ??
      prepareAdapter(api, adapter, {
        now: options.watch.now,
        secretOf: (name) => options.secretOf(api.platform, name),
        unreplaced: (failure) => options.log.warn('gateway/provider-token', { api: api.id, ...failure }),
      })
    prepared.set(api, known)
    return known
  }
  return {
    ask(request, settle, holder) {
      const call = new AdaptedCall(request, settle, { ...options, holder })
      const { adapter } = request.api
      if (adapter === null || adapter === undefined) call.fault('no adapter')
      else
        adapterOf(request.api, adapter)
          .then((ready) => call.start(ready))
          .catch((error) => call.fault(String(error?.stack ?? error)))
      return call
    },
    async warm(api) {
      const { adapter, upstreams } = api
      if (adapter == null || Object.values(upstreams).every((choice) => choice === 'sandbox')) return
      await adapterOf(api, adapter).catch((error) =>
        options.log.error('gateway/adapter-fault', { api: api.id, reason: String(error?.stack ?? error) }),
      )
    },
  }
}

interface AdaptedCallOptions extends AdaptedUpstreamOptions {
  readonly holder: LoadHolder
}

/** One call through an adapter; the API's total time is that of the token and of the call together. */
class AdaptedCall implements UnderWay, Watched {
  readonly #request: UpstreamRequest
  readonly #settle: Settle
  readonly #options: AdaptedCallOptions
  #asked: UnderWay | null = null
  #over = false
  readonly deadline: number
  place = unwatched

  constructor(request: UpstreamRequest, settle: Settle, options: AdaptedCallOptions) {
    this.#request = request
    this.#settle = settle
    this.#options = options
    this.deadline = options.watch.now() + request.api.limits.totalMilliseconds
  }

  get address() {
    return this.#asked?.address ?? null
  }

  async start({ proof, operations }: PreparedAdapter): Promise<void> {
    // Given up while the adapter was made ready.
    if (this.#over) return
    const operation = operations.get(this.#request.operation.id)
    if (operation === undefined) return this.fault('an operation without an adapter')
    const asked = providerRequest(this.#request, operation, this.#options.clock())
    if ('code' in asked) return this.#end(asked)
    const proven = proof.headers()
    const headers = proven instanceof Promise ? await this.#untilDeadline(proven) : proven
    if (this.#over) return
    if ('reason' in headers) return this.#refuse(refusal(headers.code, { provider: true }), headers.reason)
    const sent = { ...asked, headers: [...asked.headers, ...headers], deadline: this.deadline }
    this.#asked = this.#options.http.ask(sent, (outcome) => {
      if ('code' in outcome) return this.#end(outcome)
      if (outcome.status === 401) proof.refused(headers)
      this.#take(outcome, operation)
    })
  }

  cancel(): void {
    if (this.#over) return
    this.#over = true
    this.#options.watch.delete(this)
    this.#asked?.cancel()
    this.#settle(refusal('upstream/broken'))
  }

  /** The provider's token did not come in time. */
  expire(): void {
    this.#refuse(refusal('upstream/late', { provider: true }), 'no token in time')
  }

  fault(reason: string): void {
    const { requestId, api } = this.#request
    this.#options.log.error('gateway/adapter-fault', { requestId, api: api.id, reason })
    this.#end(refusal('gateway/fault'))
  }

  async #untilDeadline<T>(waiting: Promise<T>): Promise<T> {
    this.#options.watch.add(this)
    try {
      return await waiting
    } finally {
      this.#options.watch.delete(this)
    }
  }

  #take({ status, headers, body }: UpstreamResponse, operation: PreparedOperation) {
    const { loads, holder } = this.#options
    const done = (taken: { readonly bytes: Buffer } | Refusal) => {
      if ('code' in taken) return this.#refuse(taken, 'a body that broke off, is too large, or found no room')
      this.#read({ status, headers, bytes: taken.bytes }, operation)
    }
    if (body === null) return done({ bytes: Buffer.alloc(0) })
    if (!isPlain(headers)) {
      if ('cancel' in body) body.cancel()
      return this.#refuse(refusal('upstream/unknown', { provider: true }), 'an encoding that was not asked for')
    }
    takeAnswerBody(
      body,
      { exchange: holder, loads, announced: Number(headerValue(headers, 'content-length') ?? 0) },
      done,
    )
  }

  #read(answer: ProviderAnswer, { reading, status, contentType }: PreparedOperation) {
    try {
      const read = readAnswer(answer, reading, this.#options.clock)
      if ('refused' in read) return this.#refuse(read.refused, read.reason)
      this.#end({ status, headers: ['Content-Type', contentType], body: Buffer.from(JSON.stringify(read.body)) })
    } catch (error) {
      this.fault(error instanceof Error ? `${error.name} in the mapping` : 'a fault in the mapping')
    }
  }

  #refuse(refused: Refusal, reason: string): void {
    const { requestId, api, operation } = this.#request
    const told = { requestId, api: api.id, operation: operation.id, code: refused.code, reason }
    // That nobody was found, or several, is an answer like any other: a line each would hide what is wrong.
    if (refused.status === 404 || refused.status === 422) this.#options.log.debug('gateway/provider-answer', told)
    else this.#options.log.warn('gateway/provider-answer', told)
    this.#end(refused)
  }

  #end(outcome: UpstreamResponse | Refusal): void {
    if (this.#over) return
    this.#over = true
    this.#settle(outcome)
  }
}

const isPlain = (headers: readonly string[]) => /^(?:identity)?$/i.test(headerValue(headers, 'content-encoding') ?? '')
