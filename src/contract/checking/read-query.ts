import type { Query } from './breach.js'

/** Parameters of one address that are read; a gateway that checks them refuses an address with more. */
export const parametersMost = 200

/** The parameters behind the `?` of an address. */
export function readQuery(target: string): Query {
  const start = target.indexOf('?')
  const found = new Map<string, (string | null)[]>()
  if (start < 0) return found
  for (const part of target.slice(start + 1).split('&', parametersMost)) {
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    if (name === null || name === '') continue
    const values = found.get(name) ?? []
    values.push(equals < 0 ? '' : decode(part.slice(equals + 1)))
    found.set(name, values)
  }
  return found
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
