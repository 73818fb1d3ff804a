import { staysBehind } from '#contract'

/** Which headers of an upstream's answer a client may see; judged by name, each once. */
export type AnswerHeaderVerdict = (name: string) => boolean

/** Looks at each name once. */
export function createAnswerHeaderVerdict(): AnswerHeaderVerdict {
  const known = new Map<string, boolean>()
  return (name) => {
    const verdict = known.get(name)
    if (verdict !== undefined) return verdict
    const passes = !staysBehind(name)
    if (known.size < namesMax) known.set(name, passes)
    return passes
  }
}

/** The upstream's headers that pass, in a new list to which ours are added. */
export function passAnswerHeaders(headers: readonly string[], passes: AnswerHeaderVerdict): string[] {
  const passed: string[] = []
  let named: Set<string> | null = null
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const value = headers[index + 1] ?? ''
    if (passes(name)) passed.push(name, value)
    else if (name.length === 10 && name.toLowerCase() === 'connection') named = namesIn(value, named)
  }
  return named === null ? passed : without(passed, named)
}

/** Without the length that an upstream told, which is not that of what leaves. */
export function dropLength(headers: string[]): void {
  for (let index = headers.length - 2; index >= 0; index -= 2)
    if (headers[index]?.toLowerCase() === 'content-length') headers.splice(index, 2)
}

const namesMax = 1_000

function namesIn(value: string, known: Set<string> | null): Set<string> | null {
  if (/^(?:keep-alive|close)$/i.test(value)) return known
  const names = known ?? new Set<string>()
  for (const name of value.split(',')) names.add(name.trim().toLowerCase())
  return names
}

/** The body's own fields stay, whatever `Connection` says of them: without them the answer would be read wrongly. */
function without(passed: readonly string[], named: ReadonlySet<string>): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < passed.length; index += 2) {
    const name = passed[index] ?? ''
    if (!named.has(name.toLowerCase()) || /^content-/i.test(name)) kept.push(name, passed[index + 1] ?? '')
  }
  return kept
}
