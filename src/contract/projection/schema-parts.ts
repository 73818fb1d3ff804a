import { isRecord } from '../reading/keywords.js'
import { valueAt } from '../reading/shape-mistakes.js'
import { type Path, pointerParts } from '../reading/source.js'
import { both, open, readScopeRule, type ScopeRule } from './scope-rule.js'

export type Schema = Readonly<Record<string, unknown>>

/** A schema at its place; `bare` leaves out what branches it and who may see it, since that has been dealt with. */
export interface Part {
  readonly schema: unknown
  readonly at: Path
  readonly bare?: boolean
}

/** One schema of an `allOf`, with what stands above it inside that `allOf`. */
export interface FlatPart {
  readonly schema: Schema
  readonly at: Path
  readonly bare: boolean
  /** Own rule and those of the `allOf`s around it. */
  readonly rule: ScopeRule
}

/** Nobody holds what no scope gives. */
export const never: ScopeRule = [[]]

/** The part with its references followed; a reference into nothing leads to an empty schema. */
export function resolved(root: unknown, part: Part): Part {
  let current = part
  for (let hops = 0; hops < 50; hops += 1) {
    const { schema } = current
    if (!isRecord(schema) || typeof schema.$ref !== 'string' || !onlyReference(schema)) return current
    const path = pointerParts(schema.$ref)
    current = { ...current, schema: valueAt(root, path) ?? {}, at: path }
  }
  return { ...part, schema: false }
}

/** A schema and every schema of its `allOf`s, references beside other keywords included. */
export function flatten(root: unknown, part: Part, above: ScopeRule = open, out: FlatPart[] = []): readonly FlatPart[] {
  const { schema, at, bare = false } = resolved(root, part)
  if (!isRecord(schema)) {
    out.push({ schema: {}, at, bare, rule: schema === false ? never : above })
    return out
  }
  // A rule that is not understood hides: the check of the contract tells of it.
  const rule = bare ? above : both(above, readScopeRule(schema['x-scope']) ?? never)
  out.push({ schema, at, bare, rule })
  if (bare || out.length > partsMax) return out
  if (typeof schema.$ref === 'string') flatten(root, { schema: { $ref: schema.$ref }, at: [...at, '$ref'] }, rule, out)
  if (Array.isArray(schema.allOf))
    for (const [index, child] of schema.allOf.entries())
      flatten(root, { schema: child, at: [...at, 'allOf', index] }, rule, out)
  return out
}

const partsMax = 200
const beside = new Set(['$ref', 'summary', 'description', 'title', 'deprecated'])
const onlyReference = (schema: Schema) => Object.keys(schema).every((key) => beside.has(key))
