/** Reads the chunked coding (RFC 9112 section 7.1), strictly; extensions are skipped, trailers dropped. */
export interface ChunkedDecoder {
  /**
   * Gives `take` all the data at once, however many chunks carried it, moved together within `bytes`; returns how many bytes it used,
   * -1 on anything malformed.
   */
  feed(bytes: Buffer, take: (piece: Buffer) => void): number
  readonly done: boolean
}

export function createChunkedDecoder(): ChunkedDecoder {
  let state: State = 'size'
  let left = 0
  let line = ''
  let trailerBytes = 0

  /** Position behind the line, the line itself in `line`; -1: more bytes are needed, -2: too long or a bare LF. */
  const readLine = (bytes: Buffer, from: number): number => {
    const end = bytes.indexOf(10, from)
    const piece = bytes.toString('latin1', from, end < 0 ? bytes.length : end + 1)
    line += piece
    if (line.length > lineMax) return -2
    if (end < 0) return -1
    if (!line.endsWith('\r\n')) return -2
    return end + 1
  }
  const endLine = (): string => {
    const whole = line.slice(0, -2)
    line = ''
    return whole
  }
  const onLine = (whole: string): boolean => {
    if (state === 'after-data') {
      state = 'size'
      return whole === ''
    }
    if (state === 'trailers') {
      trailerBytes += whole.length
      if (whole === '') state = 'done'
      return trailerBytes <= lineMax
    }
    const size = sizeLine.exec(whole)
    if (size === null) return false
    left = Number.parseInt(size[1] ?? '', 16)
    state = left === 0 ? 'trailers' : 'data'
    return true
  }
  return {
    get done() {
      return state === 'done'
    },
    feed(bytes, take) {
      let at = 0
      let start = 0
      let end = 0
      while (at < bytes.length && state !== 'done') {
        if (state === 'data') {
          const length = Math.min(left, bytes.length - at)
          if (end === 0) start = at
          else bytes.copyWithin(end, at, at + length)
          end = (end === 0 ? at : end) + length
          at += length
          left -= length
          if (left === 0) state = 'after-data'
          continue
        }
        const next = readLine(bytes, at)
        if (next === -2 || (next >= 0 && !onLine(endLine()))) return -1
        at = next === -1 ? bytes.length : next
      }
      if (end > start) take(bytes.subarray(start, end))
      return at
    },
  }
}

type State = 'size' | 'data' | 'after-data' | 'trailers' | 'done'

const lineMax = 4_096
const sizeLine = /^([0-9A-Fa-f]{1,12})[\t ]*(?:;[\t -~\u0080-\u00ff]*)?$/
