import { parseResponseHead, type ResponseHead } from './response-head.js'

/** Reads the heads of one origin's answers. The last few are known again by their text: most answers of one second bear the same. */
export class KnownHeads {
  readonly #texts: string[] = []
  readonly #heads: ResponseHead[] = []
  #oldest = 0

  /** As `parseResponseHead`. */
  read(text: string, method: string): ResponseHead | null {
    // To HEAD the same text says something else of the body.
    if (method === 'HEAD') return parseResponseHead(text, method)
    const at = this.#texts.indexOf(text)
    return this.#heads[at] ?? this.#learn(text, method)
  }

  #learn(text: string, method: string): ResponseHead | null {
    if (text.length > keptBytesMax) return parseResponseHead(text, method)
    // A copy: a slice would keep alive the body that came along.
    const own = Buffer.from(text, 'latin1').toString('latin1')
    const head = parseResponseHead(own, method)
    if (head === null) return null
    this.#texts[this.#oldest] = own
    this.#heads[this.#oldest] = head
    this.#oldest = (this.#oldest + 1) % headsKept
    return head
  }
}

const headsKept = 4
const keptBytesMax = 2_048
