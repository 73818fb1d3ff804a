/** Names repeat from head to head: the last one of the same length and ends is taken again rather than made anew, so that later look-ups know it. */
export function fieldName(text: string, from: number, to: number): string {
  const slot = (31 * (to - from) + 7 * text.charCodeAt(from) + text.charCodeAt(to - 1)) & (slots - 1)
  const known = recent[slot] ?? ''
  if (known.length === to - from && text.startsWith(known, from)) return known
  const fresh = text.slice(from, to)
  if (fresh.length <= keptMax) recent[slot] = fresh
  return fresh
}

const slots = 256
const keptMax = 64
const recent: string[] = new Array(slots).fill('')
