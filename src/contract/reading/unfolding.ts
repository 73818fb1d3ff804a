export interface UnfoldingBounds {
  readonly bytesMost: number
  readonly levelsMost: number
}

/**
 * What is too much about a value with all that aliases repeat: deeper than so many levels, or longer than so many bytes as it is written out.
 * Each step of the walk costs a byte, so that it ends with the bytes; what is beyond is not looked at.
 */
export function unfolding(value: unknown, { bytesMost, levelsMost }: UnfoldingBounds): 'deep' | 'long' | null {
  let left = bytesMost
  const costs = (bytes: number) => {
    left -= bytes
    return left < 0 ? 'long' : null
  }
  const excessOf = (part: unknown, levels: number): 'deep' | 'long' | null => {
    if (typeof part !== 'object' || part === null) return costs(bytesOf(part))
    if (levels === 0) return 'deep'
    if (isEmpty(part)) return costs(emptyBytes)
    const excessUnder = (name: string, child: unknown) =>
      costs(Buffer.byteLength(name) + signBytes) ?? excessOf(child, levels - 1)
    return Array.isArray(part)
      ? firstOf(part, (child) => excessUnder('', child))
      : firstOf(Object.entries(part), ([name, child]) => excessUnder(name, child))
  }
  return excessOf(value, levelsMost)
}

const isEmpty = (part: object) => (Array.isArray(part) ? part : Object.keys(part)).length === 0

function firstOf<T, E>(items: readonly T[], excessOf: (item: T) => E | null): E | null {
  for (const item of items) {
    const excess = excessOf(item)
    if (excess !== null) return excess
  }
  return null
}

/** What divides it from the next. */
const signBytes = 1
/** Its two brackets. */
const emptyBytes = 2

/** Of YAML, where null may be a `~`: what is written once never counts for more than it takes. */
const bytesOf = (scalar: unknown): number =>
  typeof scalar === 'string' ? Buffer.byteLength(scalar) : scalar === null ? 1 : String(scalar).length
