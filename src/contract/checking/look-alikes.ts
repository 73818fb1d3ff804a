import type { Query } from './breach.js'

/** Names of a query that differ from a declared one in case or brackets alone, e.g. `recipient[0]`: some provider takes them for it. */
export function lookAlikes(query: Query, declared: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const name of query.keys()) if (!declared.has(name)) found.add(plainName(name))
  return found
}

/** Equal for names that look alike. */
export const plainName = (name: string): string => name.replace(/\[.*$/s, '').trim().toLowerCase()
