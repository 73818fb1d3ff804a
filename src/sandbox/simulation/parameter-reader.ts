import type { Json } from '#contract'
import type { Call } from '../call.js'
import { parseDate, parseHhmm, parseInstant } from './instant.js'
import type { ParameterDeclaration, ParameterTexts } from './parameter-shape.js'
import type { RefusalDeclaration } from './simulation-shape.js'
import { valueAt } from './template.js'

/** A parameter's value as filters use it. */
export interface ParameterValue {
  /** One text, or the entries of a list; `true` or `false` for a boolean. */
  readonly texts: readonly string[]
  /** The number, the minutes of `hhmm`, or the instant in milliseconds since the epoch; NaN for the rest. */
  readonly number: number
}

export type ParameterValues = ReadonlyMap<string, ParameterValue>

/** A request that the simulation refuses, with what `$message` says. */
export interface Wrong {
  readonly message: string
}

/** Reads one parameter: its value, null when it is absent, or why it is refused. */
export type ReadParameter = (call: Call) => ParameterValue | Wrong | null

export const isWrong = (value: object | null): value is Wrong => value !== null && 'message' in value

export function createParameterReader(
  name: string,
  declaration: ParameterDeclaration,
  refusal: RefusalDeclaration,
): ReadParameter {
  const refuse = refuser(name, declaration, refusal)
  const pattern = declaration.pattern === undefined ? null : new RegExp(`^(?:${declaration.pattern})$`, 'u')
  const fits = (text: string) =>
    (pattern?.test(text) ?? true) &&
    (declaration.oneOf?.includes(text) ?? true) &&
    text.length >= (declaration.shortest ?? 0)
  return (call) => {
    const raw = given(name, declaration, call)
    if (raw === 'unreadable') return refuse('format')
    if (raw === null) return declaration.required ? refuse('required') : null
    const texts = declaration.type === 'list' ? entries(raw, declaration) : raw.slice(0, 1)
    const number = numberOf(texts[0] ?? '', declaration.type)
    if (tooLong(raw, declaration) || !texts.every(fits) || !countFits(texts, declaration)) return refuse('format')
    if (!typeFits(texts, number, declaration)) return refuse('format')
    return { texts, number }
  }
}

/** The text of a refusal, its `{name}`, `{expected}` and `{others}` filled in. */
export function refuser(name: string, declaration: ParameterDeclaration, refusal: RefusalDeclaration) {
  const values = declaration.oneOf ?? []
  const listed = values.length > 1 ? `${values.slice(0, -1).join(', ')} ${refusal.or} ${values.at(-1)}` : values[0]
  const expected = declaration.expected ?? listed ?? refusal.expected[declaration.type] ?? declaration.type
  return (kind: keyof ParameterTexts, others = ''): Wrong => ({
    message: fillText(declaration.texts[kind] ?? refusal.texts[kind], { name: name.trim(), expected, others }),
  })
}

export const fillText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)

function given(name: string, declaration: ParameterDeclaration, call: Call): readonly string[] | 'unreadable' | null {
  for (const own of [name, ...declaration.aliases]) {
    const values = sent(own, declaration, call)
    if (values === undefined) continue
    if (values.some((value) => value === null)) return 'unreadable'
    const texts = values.filter((value) => value !== null && value.trim() !== '').map((value) => value?.trim() ?? '')
    if (texts.length > 0) return texts
  }
  return declaration.default === undefined ? null : [declaration.default]
}

/** What was sent under a name; null stands for what cannot be a scalar or was badly encoded. */
function sent(name: string, declaration: ParameterDeclaration, call: Call): readonly (string | null)[] | undefined {
  if (declaration.at === 'query') {
    const values = call.query.get(name)
    return declaration.repeat ? values : values?.slice(0, 1)
  }
  if (declaration.at === 'body') return bodyTexts(call, name, declaration)
  const value = declaration.at === 'path' ? call.path[name] : call.header(name.toLowerCase())
  return value === undefined ? undefined : [value]
}

function bodyTexts(call: Call, name: string, { type }: ParameterDeclaration): readonly (string | null)[] | undefined {
  const value = call.body.kind === 'json' ? valueAt(call.body.value, name) : undefined
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return type === 'list' ? value.map(scalar) : [null]
  return [scalar(value)]
}

const scalar = (value: Json) => (value === null || typeof value === 'object' ? null : String(value))

function entries(raw: readonly string[], { separator }: ParameterDeclaration): readonly string[] {
  return raw.flatMap((text) => text.split(separator)).map((text) => text.trim())
}

const tooLong = (raw: readonly string[], { longest }: ParameterDeclaration) =>
  raw.reduce((sum, text) => sum + text.length, 0) > longest

const countFits = (texts: readonly string[], { most }: ParameterDeclaration) => texts.length <= (most ?? texts.length)

function numberOf(text: string, type: ParameterDeclaration['type']): number {
  switch (type) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    case 'decimal':
      return /^[+-]?\d{1,15}([.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
    case 'instant':
      return parseInstant(text)
    case 'date':
      return parseDate(text)
    case 'hhmm':
      return parseHhmm(text)
    default:
      return Number.NaN
  }
}

function typeFits(texts: readonly string[], number: number, declaration: ParameterDeclaration): boolean {
  if (declaration.type === 'boolean') return texts[0] === 'true' || texts[0] === 'false'
  if (declaration.type === 'text') return true
  if (declaration.type === 'list') return texts.every((text) => text !== '')
  const { least = Number.NEGATIVE_INFINITY, greatest = Number.POSITIVE_INFINITY } = declaration
  return number >= least && number <= greatest
}
