import fc from 'fast-check'
import type { Json, JsonObject } from '../json.js'

export type Rule = string | { readonly anyOf: readonly string[] } | { readonly allOf: readonly string[] } | null

interface Field {
  readonly rule: Rule
  readonly model: Model
}

type Fields = Readonly<Record<string, Field>>

/** An alternative among scalars. */
interface Scalar {
  readonly rule: Rule
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
}

/** A contract as a tester thinks of it: from it come its schema, bodies, and what each caller should see. */
export type Model =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'object'; readonly fields: Fields; readonly inParts: boolean; readonly nullable: boolean }
  /** `additionalProperties: true`, or no keyword that says more of an object. */
  | { readonly kind: 'free' }
  /** A list of anything, of lists too. */
  | { readonly kind: 'items'; readonly rule: Rule; readonly model: Model }
  | { readonly kind: 'map'; readonly rule: Rule; readonly model: Model }
  | {
      readonly kind: 'list'
      readonly populations: Readonly<Record<string, string>> | null
      readonly rule: Rule
      readonly fields: Fields
    }
  | {
      readonly kind: 'choice'
      readonly keyword: 'oneOf' | 'anyOf'
      readonly branches: Readonly<Record<string, { readonly rule: Rule; readonly fields: Fields }>>
    }
  | { readonly kind: 'scalars'; readonly keyword: 'oneOf' | 'anyOf'; readonly branches: readonly Scalar[] }
  /** At the root of a contract. */
  | { readonly kind: 'ruled'; readonly rule: Rule; readonly model: Model }

export const scopes = ['a', 'b', 'c', 'd']
const scope = fc.constantFrom(...scopes)
const someScopes = fc.uniqueArray(scope, { minLength: 1, maxLength: 3 })
export const scopeSet = fc.uniqueArray(scope).map((names) => new Set(names))

const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant(null),
  scope,
  someScopes.map((anyOf) => ({ anyOf })),
  someScopes.map((allOf) => ({ allOf })),
)
const tags = ['red', 'green', 'blue']
const keyword = fc.constantFrom('oneOf' as const, 'anyOf' as const)
const name = fc.constantFrom('nom', 'prenoms', 'adresse', 'x-y', 'é', 'constructor', 'toString')

const scalars: fc.Arbitrary<readonly Scalar[]> = fc.array(
  fc.record({ rule, type: fc.constantFrom('string', 'integer', 'number', 'boolean') }),
  { minLength: 2, maxLength: 5 },
)

export const { model } = fc.letrec<{ model: Model; fields: Fields }>((tie) => ({
  fields: fc.dictionary(name, fc.record({ rule, model: tie('model') }), { maxKeys: 4 }),
  model: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('text' as const) }),
    fc.record({ kind: fc.constant('number' as const) }),
    fc.record({
      kind: fc.constant('object' as const),
      fields: tie('fields'),
      inParts: fc.boolean(),
      nullable: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('free' as const) }),
    fc.record({ kind: fc.constant('items' as const), rule, model: tie('model') }),
    fc.record({ kind: fc.constant('map' as const), rule, model: tie('model') }),
    fc.record({
      kind: fc.constant('list' as const),
      populations: fc.option(fc.dictionary(scope, fc.constantFrom(...tags), { minKeys: 1, maxKeys: 2 })),
      rule,
      fields: tie('fields'),
    }),
    fc.record({
      kind: fc.constant('choice' as const),
      keyword,
      branches: fc.dictionary(fc.constantFrom(...tags), fc.record({ rule, fields: tie('fields') }), {
        ...{ minKeys: 2, maxKeys: 3 },
      }),
    }),
    // Rules differ within one often enough to be told apart.
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('scalars' as const), keyword, branches: scalars }) },
  ),
}))

/** A whole contract: its root may be under a rule too. */
export const contracts: fc.Arbitrary<Model> = fc.record({ kind: fc.constant('ruled' as const), rule, model })

export function schemaOf(model: Model): JsonObject {
  if (model.kind === 'text') return { type: ['string', 'null'] }
  if (model.kind === 'number') return { type: 'number' }
  if (model.kind === 'free') return { type: 'object', additionalProperties: true }
  if (model.kind === 'ruled') return { ...schemaOf(model.model), ...scoped(model.rule) }
  if (model.kind === 'items') return { type: 'array', items: { ...schemaOf(model.model), ...scoped(model.rule) } }
  if (model.kind === 'scalars')
    return {
      [model.keyword]: [...model.branches.map(({ rule, type }) => ({ type, ...scoped(rule) })), { type: 'null' }],
    }
  if (model.kind === 'map')
    return { type: 'object', additionalProperties: { ...schemaOf(model.model), ...scoped(model.rule) } }
  if (model.kind === 'object') {
    const properties = propertiesOf(model.fields)
    const type = model.nullable ? ['object', 'null'] : 'object'
    if (!model.inParts) return { type, properties }
    return { allOf: Object.entries(properties).map(([key, value]) => ({ type, properties: { [key]: value } })), type }
  }
  if (model.kind === 'list') {
    const properties = { ...propertiesOf(model.fields), tag: { type: 'string' } }
    const items = { type: 'object', properties, ...scoped(model.rule) }
    if (model.populations === null) return { type: 'array', items }
    const rules = Object.entries(model.populations).map(([scope, tag]) => ({
      scope,
      where: { property: 'tag', equals: tag },
    }))
    return { type: 'array', 'x-population': rules, items }
  }
  const branches = Object.entries(model.branches).map(([tag, { rule, fields }]) => ({
    ...{ type: 'object', required: ['tag'], ...scoped(rule) },
    properties: { ...propertiesOf(fields), tag: { const: tag, type: 'string' } },
  }))
  return { [model.keyword]: [...branches, { type: 'null' }], discriminator: { propertyName: 'tag' } }
}

/** Bodies that fit the contract, with fields that it does not name. */
export function bodyOf(model: Model): fc.Arbitrary<Json> {
  if (model.kind === 'text') return fc.option(fc.string())
  if (model.kind === 'number') return fc.integer()
  if (model.kind === 'map')
    return fc.dictionary(fc.constantFrom('un', 'deux', '__proto__'), bodyOf(model.model), { noNullPrototype: true })
  if (model.kind === 'object')
    return model.nullable ? fc.option(fieldsBody(model.fields, {})) : fieldsBody(model.fields, {})
  if (model.kind === 'free')
    return fc
      .dictionary(fc.constantFrom('nom', 'secret', '__proto__'), fc.jsonValue({ maxDepth: 2 }), {
        noNullPrototype: true,
      })
      .map(plain)
  if (model.kind === 'ruled') return bodyOf(model.model)
  if (model.kind === 'items') return fc.array(bodyOf(model.model), { maxLength: 3 })
  if (model.kind === 'scalars')
    return fc.oneof(fc.constant(null), ...model.branches.map(({ type }) => fc.constantFrom(...scalarsOf[type])))
  if (model.kind === 'list')
    return fc.array(
      fc.constantFrom(...tags).chain((tag) => fieldsBody(model.fields, { tag })),
      { maxLength: 4 },
    )
  return fc.oneof(
    fc.constant(null),
    ...Object.entries(model.branches).map(([tag, { fields }]) => fieldsBody(fields, { tag })),
  )
}

const scalarsOf = { string: ['', 'x'], integer: [0, 7], number: [0.5, 7], boolean: [true, false] } as const
const fits = (type: Scalar['type'], value: Json) =>
  type === 'integer' ? Number.isInteger(value) : typeof value === type

/** What a caller should see. */
export function expected(model: Model, body: Json, held: ReadonlySet<string>): Json {
  return visible(model, body, held) ?? (Array.isArray(body) ? [] : isObject(body) ? {} : null)
}

/** The same; undefined: nothing at all. */
export function visible(model: Model, body: Json, held: ReadonlySet<string>): Json | undefined {
  if (model.kind === 'ruled') return allows(model.rule, held) ? visible(model.model, body, held) : undefined
  if (body === null || model.kind === 'text' || model.kind === 'number' || model.kind === 'free') return body
  if (model.kind === 'items') return allows(model.rule, held) ? items(model.model, body, held) : []
  if (model.kind === 'scalars') {
    const fitting = model.branches.filter(({ type }) => fits(type, body))
    return fitting.every(({ rule }) => allows(rule, held)) ? body : undefined
  }
  if (model.kind === 'list') {
    const { populations, rule, fields } = model
    if (!allows(rule, held)) return []
    const open = (item: JsonObject) =>
      populations === null || Object.entries(populations).some(([scope, tag]) => held.has(scope) && item.tag === tag)
    return asList(body)
      .filter(open)
      .map((item) => visibleFields(fields, item, held, ['tag']))
  }
  const object = asObject(body)
  if (model.kind === 'map')
    return allows(model.rule, held)
      ? own(Object.entries(object).flatMap(([key, value]) => entry(key, visible(model.model, value, held))))
      : {}
  if (model.kind === 'object') return visibleFields(model.fields, object, held, [])
  const branch = model.branches[String(object.tag)]
  return branch !== undefined && allows(branch.rule, held)
    ? visibleFields(branch.fields, object, held, ['tag'])
    : undefined
}

const items = (model: Model, body: Json, held: ReadonlySet<string>): Json =>
  Array.isArray(body) ? body.flatMap((item) => [visible(model, item, held)].filter((one) => one !== undefined)) : body

const entry = (key: string, value: Json | undefined): readonly (readonly [string, Json])[] =>
  value === undefined ? [] : [[key, value]]

function visibleFields(fields: Fields, body: JsonObject, held: ReadonlySet<string>, always: readonly string[]): Json {
  return own(
    Object.entries(body).flatMap(([key, value]) => {
      if (always.includes(key)) return [[key, value]]
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined
      return field !== undefined && allows(field.rule, held) ? entry(key, visible(field.model, value, held)) : []
    }),
  )
}

function allows(rule: Rule, held: ReadonlySet<string>): boolean {
  if (rule === null) return true
  if (typeof rule === 'string') return held.has(rule)
  return 'anyOf' in rule ? rule.anyOf.some((name) => held.has(name)) : rule.allOf.every((name) => held.has(name))
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value))
const own = (entries: readonly (readonly [string, Json])[]): JsonObject => Object.fromEntries(entries)
const scoped = (rule: Rule) => (rule === null ? {} : { 'x-scope': rule })
const propertiesOf = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, { rule, model }]) => [key, { ...schemaOf(model), ...scoped(rule) }]),
  )

function fieldsBody(fields: Fields, fixed: JsonObject): fc.Arbitrary<Json> {
  const declared = Object.fromEntries(Object.entries(fields).map(([key, { model }]) => [key, bodyOf(model)]))
  const unknown = fc.dictionary(fc.constantFrom('secret', 'interne', 'hasOwnProperty'), fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 2,
  })
  return fc
    .tuple(fc.record(declared, { requiredKeys: [] }), unknown)
    .map(([known, extra]) => JSON.parse(JSON.stringify({ ...extra, ...known, ...fixed })))
}

const asObject = (body: Json): JsonObject => (isObject(body) ? body : {})
const isObject = (body: Json): body is JsonObject => typeof body === 'object' && body !== null && !Array.isArray(body)
const asList = (body: Json): readonly JsonObject[] => (Array.isArray(body) ? body.map(asObject) : [])
