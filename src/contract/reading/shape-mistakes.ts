import { z } from 'zod'
import type { Mistake } from '../mistake.js'
import { didYouMean, suggestion } from './did-you-mean.js'
import { issueMessage } from './issue-message.js'
import type { Path, Source } from './source.js'

export interface Checked<T> {
  /** Null when not even the part without mistakes makes a value. */
  readonly value: T | null
  readonly mistakes: readonly Mistake[]
}

/**
 * Holds a source against a shape: its value, or every mistake with its place. `at` is where in the source the value stands.
 * With mistakes the value is what is left without the wrong parts, so that the checks after this one can find theirs at the same time.
 */
export function checkShape<T>(shape: z.ZodType<T>, source: Source, at: Path = []): Checked<T> {
  const given = valueAt(source.value, at)
  const read = shape.safeParse(given)
  if (read.success) return { value: read.data, mistakes: [] }
  const { issues } = read.error
  const mistakes = issues.flatMap((issue) => explain(shape, source, at, issue))
  return { value: shape.safeParse(without(given, issues)).data ?? null, mistakes }
}

/** A copy without the parts that issues speak of; a list goes whole, since its places are counted. */
function without(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value)
  for (const issue of issues) {
    const path = stepsOf(issue.path)
    const wrong = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
    for (const steps of wrong) {
      const end = steps.findIndex((step) => typeof step === 'number')
      const own = end < 0 ? steps : steps.slice(0, end)
      const last = own.at(-1)
      const parent = valueAt(copy, own.slice(0, -1))
      if (last !== undefined && typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last)
    }
  }
  return copy
}

function explain(shape: z.ZodType, source: Source, at: Path, issue: z.core.$ZodIssue): readonly Mistake[] {
  const inner = stepsOf(issue.path)
  const path = [...at, ...inner]
  const told = teller(source)
  const name = called(source, path)
  const described = nearestDescription(shape, inner)
  const mend = described ?? 'See the reference of this file.'
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schemaAt(shape, inner))
    return issue.keys.map((key) =>
      told([...path, key], 'key', `unknown key ${called(source, [...path, key])}`, suggestion(key, known)),
    )
  }
  const value = valueAt(source.value, path)
  if (value === undefined) return [told(path, 'key', `the key ${name} is missing`, mend)]
  if (issue.code === 'invalid_union') return explainUnion(shape, source, at, issue)
  if (issue.code === 'invalid_type') {
    return [
      told(
        path,
        'value',
        `${name} is ${kindOf(value)} where ${article(issue.expected)} is expected`,
        typeMend(issue.expected, value, mend),
      ),
    ]
  }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String)
    const near = didYouMean(String(value), known)
    return [
      told(
        path,
        'value',
        `${name} is ${quoted(value)}, which is not known`,
        near === null ? mend : `Did you mean "${near}"?`,
      ),
    ]
  }
  if (issue.code === 'invalid_key') return [told(path, 'key', `the name ${name}: ${issueMessage(issue)}`, mend)]
  return [told(path, 'value', `${name}: ${lowerFirst(issue.message)}`, mend)]
}

/** The branch of a union that went furthest speaks; when none went anywhere, the union itself does. */
function explainUnion(
  shape: z.ZodType,
  source: Source,
  at: Path,
  issue: z.core.$ZodIssueInvalidUnion,
): readonly Mistake[] {
  const branches = issue.errors.filter((branch) =>
    branch.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  )
  const branch = branches[0]
  if (branch !== undefined) {
    return branch.flatMap((inner) =>
      explain(shape, source, at, { ...inner, path: [...stepsOf(issue.path), ...inner.path] }),
    )
  }
  const path = [...at, ...stepsOf(issue.path)]
  const name = called(source, path)
  const mend = nearestDescription(shape, stepsOf(issue.path)) ?? 'See the reference of this file.'
  return [
    teller(source)(
      path,
      'value',
      `${name} is ${kindOf(valueAt(source.value, path))}, which is not expected here`,
      mend,
    ),
  ]
}

const stepsOf = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step))

const teller = (source: Source) => (path: Path, of: 'key' | 'value', reason: string, mend: string) =>
  mistakeAt(source, path, { reason, mend, of })

/** A mistake at a path of a source. */
export function mistakeAt(
  source: Source,
  path: Path,
  { reason, mend, of = 'value' }: { readonly reason: string; readonly mend: string; readonly of?: 'key' | 'value' },
): Mistake {
  return { file: source.file, ...source.place(path, of), reason, mend }
}

/** What stands at a path, in the words of who gave it: `"realm"` of a file, `--realm` of options. */
export function called({ names = {} }: Source, path: Path): string {
  if (path.length === 0) return 'the file'
  const own = path
    .map((_, index) => names[shown(path.slice(0, path.length - index))])
    .find((name) => name !== undefined)
  return own ?? `"${shown(path)}"`
}

/** `quotas[0].limit` */
export const shown = (path: Path) =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  )

export function valueAt(value: unknown, path: Path): unknown {
  let current = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined
    current = Reflect.get(current, step)
  }
  return current
}

function schemaAt(shape: unknown, path: Path): z.ZodType | undefined {
  let current = shape instanceof z.ZodType ? shape : undefined
  for (const step of path) {
    const next = branchesOf(current)
      .map((branch) => stepInto(branch, step))
      .find((found) => found !== undefined)
    if (next === undefined) return undefined
    current = next
  }
  return current
}

function stepInto(schema: z.ZodType, step: string | number): z.ZodType | undefined {
  const found: unknown =
    schema instanceof z.ZodObject
      ? Reflect.get(schema.shape, step)
      : schema instanceof z.ZodArray
        ? schema.element
        : schema instanceof z.ZodRecord
          ? schema.valueType
          : undefined
  return found instanceof z.ZodType ? found : undefined
}

/** What stands behind defaults, options and transforms. */
function branchesOf(schema: unknown): readonly z.ZodType[] {
  if (schema instanceof z.ZodUnion) return [schema, ...schema.options.flatMap(branchesOf)]
  if (schema instanceof z.ZodPipe) return branchesOf(schema.in)
  if (schema instanceof z.ZodLazy) return branchesOf(schema.unwrap())
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  ) {
    return branchesOf(schema.unwrap())
  }
  return schema instanceof z.ZodType ? [schema] : []
}

/** The description of what stands at a path, or of the nearest thing around it. */
function nearestDescription(shape: z.ZodType, path: Path): string | undefined {
  const own = descriptionOf(schemaAt(shape, path))
  return own !== undefined || path.length === 0 ? own : nearestDescription(shape, path.slice(0, -1))
}

/** Its own description, or that of what stands behind its default. */
const descriptionOf = (schema: z.ZodType | undefined) =>
  schema?.description ?? branchesOf(schema).find((branch) => branch.description !== undefined)?.description

const keysOf = (schema: unknown) =>
  branchesOf(schema).flatMap((branch) => (branch instanceof z.ZodObject ? Object.keys(branch.shape) : []))

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
  null: 'null',
}
const article = (expected: string) => names[expected] ?? expected
const kindOf = (value: unknown) =>
  value === null
    ? 'empty'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a map of keys'
        : `${names[typeof value] ?? typeof value} (${quoted(value)})`
const quoted = (value: unknown) => JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const typeMend = (expected: string, value: unknown, mend: string) =>
  expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')
    ? `Write it in quotes: "${value}". ${mend}`
    : mend
