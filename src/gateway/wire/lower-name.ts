const known = new Map<string, string>()
/** Callers and providers choose the names: memory for them has an end. */
const namesMax = 1_000

/** A field's name in lower case, worked out once for each spelling. */
export function lowerName(name: string): string {
  const ready = known.get(name)
  if (ready !== undefined) return ready
  const lower = name.toLowerCase()
  if (known.size < namesMax) known.set(name, lower)
  return lower
}
