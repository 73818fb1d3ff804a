import type { Json, JsonObject } from '../json.js'
import type { Mistake } from '../mistake.js'
import { didYouMean } from './did-you-mean.js'
import { type Context, isRecord, under } from './keywords.js'
import { mistakeAt, valueAt } from './shape-mistakes.js'
import { type Path, pointerParts, type Source } from './source.js'

const annotations = new Set(['summary', 'description', 'title', 'deprecated'])
const unsupported = ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef']

/**
 * The document with its references replaced by what they name: one shared object a reference, however often it is used.
 * A reference inside what it names stays as it is. References to files or addresses are mistakes.
 */
export function dereference(source: Source): { readonly document: JsonObject; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = []
  const known = new Map<string, Json>()
  const open = new Set<string>()
  const tell = (way: Path, reason: string, mend: string) => mistakes.push(mistakeAt(source, way, { reason, mend }))
  const document = visit(source.value, [], 'keywords')
  return { document: isObject(document) ? document : {}, mistakes }

  function visit(node: unknown, way: Path, context: Context): Json {
    // A component is one object, whether it is reached by its place or by a reference.
    if (way.length === 3 && way[0] === 'components')
      return resolve(`#/${way.map((step) => escaped(String(step))).join('/')}`, way)
    return enter(node, way, context)
  }

  function enter(node: unknown, way: Path, context: Context): Json {
    if (Array.isArray(node)) {
      return node.map((item, index) => visit(item, [...way, index], context === 'data' ? 'data' : 'keywords'))
    }
    if (!isRecord(node)) return scalar(node)
    if (context !== 'keywords') return entries(node, way, context)
    for (const keyword of unsupported) {
      if (node[keyword] !== undefined)
        tell([...way, keyword], `"${keyword}" is not supported`, 'Name the schema under "components" and use "$ref".')
    }
    if (typeof node.$ref === 'string') return reference(node, node.$ref, way)
    return entries(node, way, context)
  }

  function entries(node: Readonly<Record<string, unknown>>, way: Path, context: Context): JsonObject {
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => [key, visit(child, [...way, key], under(way, context, key, child))]),
    )
  }

  function reference(node: Readonly<Record<string, unknown>>, name: string, way: Path): Json {
    if (!name.startsWith('#/')) {
      tell(
        [...way, '$ref'],
        `the reference "${name.slice(0, 80)}" leaves the document`,
        'Bring what it names into this document, under "components".',
      )
      return {}
    }
    const target = resolve(name, [...way, '$ref'])
    const { $ref, ...siblings } = node
    if (Object.keys(siblings).length === 0 || !isObject(target)) return target
    const beside = entries(siblings, way, 'keywords')
    return Object.keys(siblings).every((key) => annotations.has(key))
      ? { ...target, ...beside }
      : { ...beside, allOf: [target, ...listOf(beside.allOf)] }
  }

  function resolve(name: string, way: Path): Json {
    const canonical = `#/${pointerParts(name).map(escaped).join('/')}`
    const ready = known.get(canonical)
    if (ready !== undefined) return ready
    if (open.has(canonical)) return { $ref: canonical }
    const parts = pointerParts(name)
    const target = valueAt(source.value, parts)
    if (target === undefined) {
      const siblings = valueAt(source.value, parts.slice(0, -1))
      const near = didYouMean(String(parts.at(-1)), isRecord(siblings) ? Object.keys(siblings) : [])
      tell(
        way,
        `the reference "${name.slice(0, 80)}" names nothing`,
        near === null ? 'Add what it names, or correct it.' : `Did you mean "${near}"?`,
      )
      return {}
    }
    if (turnsInCircles(source.value, target)) {
      tell(way, `the reference "${name.slice(0, 80)}" leads only to itself`, 'Name a schema with a body.')
      return {}
    }
    open.add(canonical)
    const resolved = enter(target, parts, 'keywords')
    open.delete(canonical)
    known.set(canonical, resolved)
    return resolved
  }
}

function turnsInCircles(root: unknown, target: unknown): boolean {
  const seen = new Set<unknown>()
  let current = target
  while (isRecord(current) && typeof current.$ref === 'string' && current.$ref.startsWith('#/')) {
    if (seen.has(current)) return true
    seen.add(current)
    current = valueAt(root, pointerParts(current.$ref))
  }
  return false
}

/** A step of a JSON pointer (RFC 6901 section 3). */
export const escaped = (step: string) => step.replaceAll('~', '~0').replaceAll('/', '~1')

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
/** YAML knows values that JSON has not (`.inf`, `.nan`): none of them means anything in a contract. */
const scalar = (node: unknown): Json =>
  typeof node === 'string' || typeof node === 'boolean' || (typeof node === 'number' && Number.isFinite(node))
    ? node
    : null
