import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Json } from '../json.js'
import { dateFormats, formatDate, parseDate } from './dates.js'

/** Undefined: absent. */
export type Value = Json | undefined

/** Absent and null pass every conversion but those that speak of them. `back` is what a double of the provider does. */
export interface Conversion {
  readonly forward: (value: Value) => Value
  readonly back: (value: Value) => Value
}

/** The value is none that the conversion takes; which one it was is told to nobody. */
export class Inconvertible extends Error {
  constructor(conversion: string) {
    super(`not what "${conversion}" takes`)
  }
}

/** A conversion by name: what it does, the argument it takes, and how it is made. */
export interface ConversionEntry {
  readonly does: string
  /** Null: it takes none. */
  readonly argument: z.ZodType<unknown> | null
  readonly example: string
  readonly make: (argument: Json | undefined) => Conversion
}

const entry = <T>(
  does: string,
  example: string,
  argument: z.ZodType<T> | null,
  make: (argument: T) => Conversion,
): ConversionEntry => ({ does, example, argument, make: (given) => make((argument ?? z.any()).parse(given) as T) })

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const dateFormat = z.enum(dateFormats)
const separator = z.string().min(1).max(10)

/** The closed list: what no entry does is not done in an adapter, but at the provider. */
export const conversions: Readonly<Record<string, ConversionEntry>> = {
  upper: entry('text in capitals', 'upper', null, () => onTexts('upper', (text) => text.toLocaleUpperCase('fr'))),
  lower: entry('text in small letters', 'lower', null, () => onTexts('lower', (text) => text.toLocaleLowerCase('fr'))),
  trim: entry('text without spaces around it', 'trim', null, () => onTexts('trim', (text) => text.trim())),
  unaccent: entry('text without accents and cedillas', 'unaccent', null, () =>
    onTexts('unaccent', (text) =>
      text
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .replaceAll('œ', 'oe')
        .replaceAll('Œ', 'OE'),
    ),
  ),
  number: entry('text to number', 'number', null, () => ({
    forward: each((value) => numberOf(value, /^-?\d+(?:[.,]\d+)?$/, 'number')),
    back: each((value) => String(value)),
  })),
  integer: entry('text to whole number', 'integer', null, () => ({
    forward: each((value) => numberOf(value, /^-?\d+$/, 'integer')),
    back: each((value) => String(value)),
  })),
  text: entry('number, or true and false, to text', 'text', null, () => ({
    forward: each((value) => (typeof value === 'object' ? refuse('text') : String(value))),
    back: each((value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value)),
  })),
  boolean: entry(
    'words to true and false',
    'boolean: { true: [OUI, O], false: [NON, N] }',
    z.strictObject({ true: z.array(scalar).min(1), false: z.array(scalar).min(1) }),
    (words) => ({
      forward: each((value) =>
        words.true.some((one) => one === value)
          ? true
          : words.false.some((one) => one === value)
            ? false
            : refuse('boolean'),
      ),
      back: each((value) => (value === true ? (words.true[0] ?? null) : (words.false[0] ?? null))),
    }),
  ),
  table: entry(
    'one code to another, by a table; `"*"` is any other, without it another is refused',
    'table: { "1": Masculin, "2": Féminin }',
    z.record(z.string(), z.json()).refine((table) => Object.keys(table).length > 0, 'an empty table'),
    (table) => ({
      forward: each((value) => {
        const key = typeof value === 'object' ? '' : String(value)
        const found = Object.hasOwn(table, key) ? key : '*'
        return Object.hasOwn(table, found) ? (table[found] ?? null) : refuse('table')
      }),
      back: each((value) => Object.keys(table).find((key) => isDeepStrictEqual(table[key], value)) ?? refuse('table')),
    }),
  ),
  date: entry(
    'a date from one format to another',
    'date: { from: DD/MM/YYYY, to: YYYY-MM-DD }',
    z
      .strictObject({ from: dateFormat, to: dateFormat })
      .refine(({ from, to }) => hasPartsOf(to, from), 'parts that it lacks'),
    ({ from, to }) => {
      const convert = (a: typeof from, b: typeof to) =>
        each((value) => formatDate(b, parseDate(a, value) ?? refuse('date')) ?? refuse('date'))
      return { forward: convert(from, to), back: convert(to, from) }
    },
  ),
  date_of_parts: entry(
    'a list of year, month and day to a date; a month or a day that nobody knows is 00',
    'date_of_parts: YYYY-MM-DD',
    dateFormat,
    (format) => ({
      forward: (value) => (Array.isArray(value) ? dateOfParts(format, value) : value),
      back: (value) => {
        if (value === undefined || value === null) return value
        const { year = null, month = null, day = null } = parseDate(format, value) ?? refuse('date_of_parts')
        return [year, month, day]
      },
    }),
  ),
  join: entry('a list of texts to one text', 'join: " "', separator, (between) => ({
    forward: whole((value) =>
      isList(value)
        ? value.map((one) => (typeof one === 'string' ? one : refuse('join'))).join(between)
        : refuse('join'),
    ),
    back: whole((value) => (typeof value === 'string' ? value.split(between) : refuse('join'))),
  })),
  split: entry('a text to a list of texts', 'split: " "', separator, (between) => ({
    forward: whole((value) =>
      typeof value === 'string' ? value.split(between).filter((part) => part !== '') : refuse('split'),
    ),
    back: whole((value) => (isList(value) ? value.join(between) : refuse('split'))),
  })),
  first: entry('the first of a list; absent when it is empty', 'first', null, () => ({
    forward: whole((value) => (isList(value) ? value[0] : refuse('first'))),
    back: whole((value) => [value]),
  })),
  list: entry('a list that holds the value alone', 'list', null, () => ({
    forward: whole((value) => [value]),
    back: whole((value) => (isList(value) ? value[0] : refuse('list'))),
  })),
  empty_as_absent: entry('an empty text or list is absent', 'empty_as_absent', null, () => ({
    forward: (value) => (value === '' || (isList(value) && value.length === 0) ? undefined : value),
    back: (value) => value,
  })),
  null_as_absent: entry('null is absent', 'null_as_absent', null, () => ({
    forward: (value) => value ?? undefined,
    back: (value) => value,
  })),
  absent_as_null: entry('what is absent is null', 'absent_as_null', null, () => ({
    forward: (value) => value ?? null,
    back: (value) => value ?? undefined,
  })),
  default: entry('a constant where nothing is there, or null', 'default: 0', z.json(), (value) => ({
    forward: (given) => given ?? value,
    back: (given) => (isDeepStrictEqual(given, value) ? undefined : given),
  })),
}

/** Null: the list has none of that name. */
export const conversionNamed = (name: string): ConversionEntry | null =>
  Object.hasOwn(conversions, name) ? (conversions[name] ?? null) : null

const refuse = (conversion: string): never => {
  throw new Inconvertible(conversion)
}

const isList = (value: Value): value is readonly Json[] => Array.isArray(value)

/** A date cannot be made of parts that its source lacks. */
const hasPartsOf = (to: string, from: string) =>
  /^(date-time|epoch)/.test(from)
    ? true
    : /^(date-time|epoch)/.test(to)
      ? /(?=.*YYYY)(?=.*MM)(?=.*DD)/.test(from)
      : ['YYYY', 'MM', 'DD'].every((part) => !to.includes(part) || from.includes(part))

const whole = (convert: (value: Json) => Value) => (value: Value) =>
  value === undefined || value === null ? value : convert(value)

/** A list is converted item by item. */
const each =
  (convert: (value: Exclude<Json, null>) => Json) =>
  (value: Value): Value => {
    if (value === undefined || value === null) return value
    return isList(value) ? value.map((one) => (one === null ? null : convert(one))) : convert(value)
  }

function onTexts(name: string, convert: (text: string) => string): Conversion {
  return {
    forward: each((value) => (typeof value === 'string' ? convert(value) : refuse(name))),
    back: (value) => value,
  }
}

function numberOf(value: Json, form: RegExp, name: string): Json {
  if (typeof value === 'number') return value
  return typeof value === 'string' && form.test(value) ? Number(value.replace(',', '.')) : refuse(name)
}

function dateOfParts(format: z.infer<typeof dateFormat>, [year, month, day]: readonly Json[]): Value {
  if (year === undefined || year === null || year === '') return undefined
  const two = (part: Value) =>
    part === undefined || part === null || part === '' ? '00' : String(part).padStart(2, '0')
  const parts = { year: String(year).padStart(4, '0'), month: two(month), day: two(day) }
  const date = formatDate(format, parts)
  return date !== null && parseDate(format, date) !== null ? date : refuse('date_of_parts')
}
