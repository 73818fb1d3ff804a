/** Whether a value, with all that aliases repeat, can be written in so many bytes; what is beyond them is not looked at. */
export function unfoldsWithin(value: unknown, bytesMost: number): boolean {
  let left = bytesMost
  const fits = (part: unknown): boolean => {
    if (typeof part === 'string') left -= Buffer.byteLength(part)
    else if (Array.isArray(part)) return part.every(fitsAfterSign)
    else if (typeof part === 'object' && part !== null) return Object.entries(part).every(fitsUnderName)
    return left >= 0
  }
  const fitsAfterSign = (item: unknown): boolean => {
    left -= 1
    return fits(item)
  }
  const fitsUnderName = ([name, child]: readonly [string, unknown]): boolean => {
    left -= Buffer.byteLength(name) + 1
    return fits(child)
  }
  return fits(value)
}
