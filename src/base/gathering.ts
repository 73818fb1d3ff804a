/**
 * The bytes of a body in one growing buffer: as each piece is an object of hundreds of bytes, a list of pieces would let a sender of
 * one-byte chunks take far more memory than is counted. Takes at most twice the bytes, and a constant; a body of one piece is not copied.
 */
export class Gathering {
  #bytes: Buffer = nothing
  /** Null: there is no more than the first piece, which belongs to whoever gave it. */
  #own: Buffer | null = null
  #size = 0

  get size(): number {
    return this.#size
  }

  add(piece: Uint8Array): void {
    if (piece.length === 0) return
    if (this.#size === 0 && !isSmallPart(piece)) this.#bytes = asBuffer(piece)
    else this.#roomFor(piece.length).set(piece, this.#size)
    this.#size += piece.length
  }

  /** All of it; nothing is added any more. */
  whole(): Buffer {
    return this.#own === null ? this.#bytes : this.#own.subarray(0, this.#size)
  }

  #roomFor(more: number): Buffer {
    const needed = this.#size + more
    if (this.#own !== null && this.#own.length >= needed) return this.#own
    const wider = Buffer.allocUnsafeSlow(Math.max(needed, 2 * (this.#own?.length ?? 0), smallestBytes))
    wider.set(this.whole())
    this.#own = wider
    this.#bytes = nothing
    return wider
  }
}

/** Keeping it would keep all that arrived with it. */
const isSmallPart = ({ length, buffer }: Uint8Array) => buffer.byteLength > 2 * length + besideBytesMax

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

const nothing = Buffer.alloc(0)
const smallestBytes = 1_024
/** What a first piece may bring along: the head of its request. */
const besideBytesMax = 16_384
