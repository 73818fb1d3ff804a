import { isRecord } from '../reading/keywords.js'
import type { Path } from '../reading/source.js'
import { namesOfAlternative } from './discriminator.js'
import { readPopulations } from './population.js'
import { type FlatPart, flatten, type Part, resolved } from './schema-parts.js'
import { both, open, type ScopeRule } from './scope-rule.js'
import {
  type ArrayShape,
  type Branches,
  everyKind,
  kinds,
  type ObjectShape,
  type Property,
  type Shape,
} from './shape.js'

/** What a schema holds that no projector can follow; the shape hides that part. */
export interface Obstacle {
  readonly at: Path
  readonly reason: string
  readonly mend: string
}

export interface Compiler {
  /** The shape of the schema at a place of the document. */
  shape(part: Part): Shape
  readonly obstacles: readonly Obstacle[]
}

type Draft = { -readonly [key in keyof Shape]: Shape[key] }

/** Compiles the schemas of one document, references in it or followed already; equal schemas give one shape, so recursion ends. */
export function shapeCompiler(root: unknown): Compiler {
  const known = new Map<string, Shape>()
  const numbers = new Map<unknown, number>()
  const obstacles: Obstacle[] = []
  return { shape: (part) => compile([part]), obstacles }

  function compile(parts: readonly Part[]): Shape {
    const targets = distinct(parts.map((part) => resolved(root, part)))
    const key = targets.map(({ schema, bare }) => `${numberOf(schema)}${bare === true ? 'b' : ''}`).join()
    const ready = known.get(key)
    if (ready !== undefined) return ready
    const first = targets[0]
    if (targets.length === 1 && first?.schema === true) return wholeShape(first.at)
    const draft: Draft = { ...wholeShape(first?.at ?? []), whole: false }
    known.set(key, draft)
    fill(draft, targets)
    return draft
  }

  function fill(draft: Draft, targets: readonly Part[]): void {
    const flat = targets.flatMap((target) => flatten(root, target))
    for (const part of flat) tellUnsupported(part)
    const content = flat.filter(({ schema, bare }) => !isBare(schema, bare))
    const named = content.some(({ schema }) => isRecord(schema.properties))
    // Several named parts: each one's rule covers its own properties. Otherwise every rule covers the whole value.
    const lists = content.some(({ schema }) => schema.items !== undefined || schema['x-population'] !== undefined)
    const group = groupOf(flat)
    const divided = content.length > 1 && named && !lists && group === null
    const outer = targets.map((target) => flatten(root, target)[0]?.rule ?? open)
    draft.rule = (
      divided
        ? [...outer, ...flat.filter((part) => !content.includes(part)).map(({ rule }) => rule)]
        : flat.map(({ rule }) => rule)
    ).reduce(both, open)
    draft.accepts = flat.map(({ schema }) => schemaKinds(schema)).reduce((all, one) => all & one, everyKind)
    draft.integer = flat.some(({ schema }) => isInteger(schema.type))
    if (group !== null) {
      draft.branches = branches(group, flat)
      draft.accepts &= draft.branches.alternatives.reduce((all, { accepts }) => all | accepts, 0)
      return
    }
    if ((draft.accepts & kinds.object) !== 0) draft.object = objectShape(content, divided)
    if ((draft.accepts & kinds.array) !== 0) draft.array = arrayShape(content, draft.at)
  }

  function objectShape(parts: readonly FlatPart[], divided: boolean): ObjectShape {
    const declared = new Map<string, { parts: Part[]; rule: ScopeRule }>()
    for (const { schema, at, rule } of parts) {
      for (const [name, child] of Object.entries(isRecord(schema.properties) ? schema.properties : {})) {
        const entry = declared.get(name) ?? { parts: [], rule: open }
        entry.parts.push({ schema: child, at: [...at, 'properties', name] })
        if (divided) entry.rule = both(entry.rule, rule)
        declared.set(name, entry)
      }
    }
    const properties = new Map<string, Property>()
    for (const [name, { parts: own, rule }] of declared) properties.set(name, { rule, shape: compile(own) })
    return {
      properties,
      required: [...new Set(parts.flatMap(({ schema }) => textsOf(schema.required)))],
      rest: rest(parts),
    }
  }

  function rest(parts: readonly FlatPart[]): Shape | null {
    const told = parts.filter(({ schema }) => schema.additionalProperties !== undefined)
    if (told.length === 0 || told.some(({ schema }) => schema.additionalProperties === false)) return null
    return compile(
      told.map(({ schema, at }) => ({ schema: schema.additionalProperties, at: [...at, 'additionalProperties'] })),
    )
  }

  function arrayShape(parts: readonly FlatPart[], at: Path): ArrayShape {
    const items = parts.filter(({ schema }) => schema.items !== undefined)
    const rules = parts.filter(({ schema }) => schema['x-population'] !== undefined)
    const populations = rules.map(({ schema }) => readPopulations(schema['x-population']) ?? [])
    if (rules.length > 1) tell(rules[1]?.at ?? at, 'a second "x-population" for one list', 'Keep one of the two.')
    return {
      items: compile(
        items.length === 0
          ? [{ schema: anything, at }]
          : items.map((part) => ({ schema: part.schema.items, at: [...part.at, 'items'] })),
      ),
      populations: populations.length === 0 ? null : populations.length === 1 ? (populations[0] ?? []) : [],
    }
  }

  function branches({ keyword, part }: Group, flat: readonly FlatPart[]): Branches {
    const base: Part[] = flat.map(({ schema, at }) => ({ schema, at, bare: true }))
    const listed: readonly unknown[] = Array.isArray(part.schema[keyword]) ? part.schema[keyword] : []
    const targets = listed
      .map((schema, index) => resolved(root, { schema, at: [...part.at, keyword, index] }))
      .filter(({ schema }) => !isRecord(schema) || schema.type !== 'null')
    const alternatives = targets.map((target) => compile([...base, target]))
    const among = (kind: number) => alternatives.filter(({ accepts }) => (accepts & kind) !== 0).length
    if (among(kinds.array) > 1) {
      tell(
        part.at,
        `several alternatives of "${keyword}" are lists`,
        'Declare one list, its items being the alternatives.',
      )
      return { alternatives: [], discriminator: null }
    }
    if (among(kinds.object) <= 1) return { alternatives, discriminator: null }
    const discriminator = part.schema.discriminator
    if (!isRecord(discriminator) || typeof discriminator.propertyName !== 'string') {
      tell(
        part.at,
        `several alternatives of "${keyword}" are objects and nothing tells them apart`,
        'Add "discriminator: { propertyName: … }".',
      )
      return { alternatives: [], discriminator: null }
    }
    return {
      alternatives,
      discriminator: { property: discriminator.propertyName, table: table(part, targets, alternatives) },
    }
  }

  function table({ schema, at }: FlatPart, targets: readonly Part[], alternatives: readonly Shape[]) {
    const entries = new Map<unknown, Shape>()
    for (const [index, target] of targets.entries()) {
      const shape = alternatives[index]
      const names = namesOfAlternative(root, schema, target)
      if (shape === undefined) continue
      if (names.length === 0)
        tell(
          target.at,
          'no value of the discriminator names this alternative',
          'Give its property a "const", or add it to "mapping".',
        )
      for (const name of names) {
        if (entries.has(name))
          tell(at, `the discriminator's value "${String(name)}" names two alternatives`, 'Give each its own.')
        entries.set(name, shape)
      }
    }
    return entries
  }

  function groupOf(flat: readonly FlatPart[]): Group | null {
    const groups = flat.flatMap((part) =>
      part.bare
        ? []
        : (['oneOf', 'anyOf'] as const).flatMap((keyword) =>
            Array.isArray(part.schema[keyword]) ? [{ keyword, part }] : [],
          ),
    )
    const [first, second] = groups
    if (second === undefined || first === undefined) return first ?? null
    tell(second.part.at, `a second "oneOf" or "anyOf" for one value`, 'Keep one, and write its alternatives out.')
    return { keyword: 'oneOf', part: { ...first.part, schema: { oneOf: [] } } }
  }

  function tellUnsupported({ schema, at }: FlatPart): void {
    for (const keyword of unsupported)
      if (schema[keyword] !== undefined)
        tell(
          [...at, keyword],
          `"${keyword}" cannot be shaped by scopes`,
          'Declare what it holds with properties, items or oneOf.',
        )
  }

  function tell(at: Path, reason: string, mend: string): void {
    const same = (one: Obstacle) => one.reason === reason && one.at.join('/') === at.join('/')
    if (!obstacles.some(same)) obstacles.push({ at, reason, mend })
  }

  function numberOf(schema: unknown): number {
    const number = numbers.get(schema) ?? numbers.size
    numbers.set(schema, number)
    return number
  }
}

/** One object, so that a list of lists of anything ends. */
const anything = {}

interface Group {
  readonly keyword: 'oneOf' | 'anyOf'
  readonly part: FlatPart
}

const unsupported = ['patternProperties', 'prefixItems', 'if', 'dependentSchemas', 'unevaluatedItems', 'contains']
const contentKeywords = ['properties', 'additionalProperties', 'items', 'required', 'oneOf', 'anyOf', 'x-population']

const isBare = (schema: FlatPart['schema'], bare: boolean) =>
  !contentKeywords.some((keyword) => schema[keyword] !== undefined && !(bare && /Of$/.test(keyword)))

const wholeShape = (at: Path): Shape => ({
  ...{ at, rule: open, accepts: everyKind, integer: false, whole: true },
  ...{ object: null, array: null, branches: null },
})

/** The kinds that `type` names; without it, those that the other keywords speak of. */
function schemaKinds(schema: FlatPart['schema']): number {
  const types = typeof schema.type === 'string' ? [schema.type] : textsOf(schema.type)
  if (types.length > 0) return types.reduce((all, type) => all | kindOfType(type), 0)
  const object = isRecord(schema.properties) || schema.additionalProperties !== undefined
  const array = schema.items !== undefined || schema['x-population'] !== undefined
  if (object && array) return kinds.object | kinds.array
  return object ? kinds.object : array ? kinds.array : everyKind
}

const isInteger = (type: unknown) =>
  type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('number'))

function kindOfType(type: string): number {
  if (type === 'integer') return kinds.number
  return Object.hasOwn(kinds, type) ? kinds[type as keyof typeof kinds] : 0
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

function distinct(parts: readonly Part[]): readonly Part[] {
  return parts.filter(
    (part, index) => parts.findIndex((other) => other.schema === part.schema && other.bare === part.bare) === index,
  )
}
