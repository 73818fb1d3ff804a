import type { BodySink, BodyStream } from '#contract'

/** The connection behind a body. */
export interface BodySource {
  pause(): void
  resume(): void
  cancel(): void
}

/** A body that is still arriving: what comes before `flow` waits here, and the source is paused meanwhile. */
export class AnswerBody implements BodyStream {
  readonly #source: BodySource
  #waiting: Buffer[] = []
  #sink: BodySink | null = null
  #ended = false
  #error: Error | null = null

  constructor(source: BodySource) {
    this.#source = source
  }

  flow(sink: BodySink) {
    this.#sink = sink
    const waiting = this.#waiting
    this.#waiting = []
    let wanted = true
    for (const piece of waiting) wanted = sink.chunk(piece)
    if (this.#error !== null) return sink.fail(this.#error)
    if (this.#ended) return sink.end()
    if (wanted) this.#source.resume()
    else this.#source.pause()
  }

  pause(): void {
    this.#source.pause()
  }

  resume(): void {
    this.#source.resume()
  }

  cancel(): void {
    this.#source.cancel()
  }

  push(piece: Buffer): void {
    if (this.#sink === null) {
      this.#waiting.push(piece)
      this.#source.pause()
    } else if (!this.#sink.chunk(piece)) this.#source.pause()
  }

  end(): void {
    this.#ended = true
    this.#sink?.end()
  }

  fail(error: Error): void {
    this.#error = error
    this.#sink?.fail(error)
  }

  /** What has arrived so far, when nobody has asked for it yet. */
  takeWhole(): Buffer {
    const [only] = this.#waiting
    return this.#waiting.length === 1 && only !== undefined ? only : Buffer.concat(this.#waiting)
  }
}
