/** Decoded values of the named parameters of a target's query, in order; the target was found sound before. */
export function queryValues(target: string, names: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const mark = target.indexOf('?')
  if (mark < 0 || names.size === 0) return found
  for (const [name, value] of new URLSearchParams(target.slice(mark + 1))) {
    if (!names.has(name)) continue
    const values = found.get(name)
    if (values === undefined) found.set(name, [value])
    else values.push(value)
  }
  return found
}
