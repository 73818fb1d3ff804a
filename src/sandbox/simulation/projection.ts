import type { Json } from '#contract'
import { isObject } from './field.js'

/** A tree of field names; null: the whole field. */
export interface Projection {
  readonly [name: string]: Projection | null
}

const depthMost = 6
const longest = 2000

/** Reads `code,libelle,metier(code,libelle)`, or `metier.code`; null when it is none. */
export function parseProjection(text: string): Projection | null {
  if (text.length > longest) return null
  const tokens = text.replaceAll(' ', '').match(/[(),]|[^(),]+/g) ?? []
  const reader = { tokens, at: 0 }
  const found = readLevel(reader, 0)
  return reader.at === tokens.length ? found : null
}

interface Reader {
  readonly tokens: readonly string[]
  at: number
}

function readLevel(reader: Reader, depth: number): Projection | null {
  const level: Record<string, Projection | null> = Object.create(null)
  do {
    const name = reader.tokens[reader.at++]
    if (name === undefined || '(),'.includes(name) || depth > depthMost) return null
    const inner = reader.tokens[reader.at] === '(' ? readInner(reader, depth) : undefined
    if (inner === null) return null
    nest(level, name.split('.'), inner ?? null)
  } while (reader.tokens[reader.at] === ',' && reader.at++ >= 0)
  return level
}

function readInner(reader: Reader, depth: number): Projection | null {
  reader.at++
  const inner = readLevel(reader, depth + 1)
  return reader.tokens[reader.at++] === ')' ? inner : null
}

function nest(
  level: Record<string, Projection | null>,
  [name = '', ...rest]: readonly string[],
  inner: Projection | null,
) {
  if (rest.length === 0) level[name] = inner
  else {
    const below: Record<string, Projection | null> = Object.assign(Object.create(null), level[name])
    nest(below, rest, inner)
    level[name] = below
  }
}

export function project(value: Json, projection: Projection): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => project(entry, projection))
  if (!isObject(value)) return value
  const kept: [string, Json][] = []
  for (const [name, inner] of Object.entries(projection)) {
    const own = Object.hasOwn(value, name) ? value[name] : undefined
    if (own !== undefined) kept.push([name, inner === null ? own : project(own, inner)])
  }
  return Object.fromEntries(kept)
}
