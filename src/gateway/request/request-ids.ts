import { randomFillSync } from 'node:crypto'

/** 48 hexadecimal characters, new at each call: the first 32 name the request (and its trace), the last 16 our span of it. */
export type RequestIds = () => string

/** Random ids cut from a block drawn at once: the system's generator costs the same for 24 bytes as for thousands. */
export function createRequestIds(fill: (block: Buffer) => void = (block) => void randomFillSync(block)): RequestIds {
  const block = Buffer.alloc(24 * 256)
  let at = block.length
  return () => {
    if (at >= block.length) {
      fill(block)
      at = 0
    }
    at += 24
    return block.toString('hex', at - 24, at)
  }
}
