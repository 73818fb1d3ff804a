import type { Json, JsonObject } from '#contract'
import type { DatasetDeclaration } from './dataset-shape.js'
import { derive } from './derived-field.js'
import { type FieldPath, fieldReader } from './field.js'
import type { Pause } from './pause.js'
import { readRows, rowsOf } from './read-rows.js'
import { instantWriter } from './relative-instants.js'
import { createValueIndex, type ValueIndex } from './value-index.js'
import { createWordIndex, type WordIndex } from './word-index.js'

/** Rows of a file, in its order, with what searches need; indexes are built at their first use and kept. */
export interface Dataset {
  /** With derived and hidden fields. */
  readonly rows: readonly JsonObject[]
  /** What may leave: without derived and hidden fields. */
  readonly shown: readonly JsonObject[]
  /** Writes one of `shown` as UTF-8 JSON, without some more top-level fields; what was written once is kept. */
  serialised(without: readonly string[]): (row: number) => Uint8Array
  values(fields: readonly FieldPath[]): ValueIndex
  words(fields: Readonly<Record<FieldPath, number>>): Promise<WordIndex>
  /** Numbers, or instants as milliseconds since the epoch; NaN where there is none. */
  numbers(field: FieldPath, kind: 'number' | 'instant'): Float64Array
}

export interface DatasetSource {
  readonly folder: string
  readonly declaration: DatasetDeclaration
  /** Milliseconds since the epoch that relative durations count from. */
  readonly anchor: number
  readonly pause: Pause
}

export async function loadDataset(source: DatasetSource): Promise<Dataset> {
  const { declaration, folder, pause } = source
  const derived = Object.entries(declaration.derived).map(([name, how]) => [name, derive(how)] as const)
  const joined = await Promise.all(
    Object.entries(declaration.join).map(async ([name, { file, key }]) => {
      const keyOf = fieldReader(key)
      const others = new Map((await readRows(folder, file, pause)).map((row) => [keyOf(row)[0], row]))
      return (row: JsonObject) => pair(name, others.get(keyOf(row)[0]))
    }),
  )
  const withInstants = instantWriter(declaration.instants, source.anchor)
  const rows: JsonObject[] = []
  const shown: JsonObject[] = []
  for (const raw of await rawRows(source)) {
    if (rows.length % 16 === 0) await pause()
    const row = withInstants(raw)
    const extra = [
      ...joined.flatMap((find) => find(row)),
      ...derived.flatMap(([name, value]) => pair(name, value(row))),
    ]
    rows.push(extra.length === 0 ? row : { ...row, ...Object.fromEntries(extra) })
    shown.push(omit(row, declaration.hidden))
  }
  return indexed({ rows, shown, pause })
}

async function rawRows({ declaration, folder, pause }: DatasetSource): Promise<readonly JsonObject[]> {
  return declaration.file === undefined
    ? rowsOf(declaration.table ?? {}, 'table')
    : readRows(folder, declaration.file, pause)
}

export function omit(row: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => Object.hasOwn(row, name))) return row
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
}

const pair = (name: string, value: Json | undefined): [string, Json][] => (value === undefined ? [] : [[name, value]])

function indexed({ rows, shown, pause }: { rows: JsonObject[]; shown: JsonObject[]; pause: Pause }): Dataset {
  const memo = createMemo()
  return {
    rows,
    shown,
    serialised: (without) =>
      memo(`serialised ${without}`, () => {
        const written: Uint8Array[] = []
        return (row: number) => (written[row] ??= Buffer.from(JSON.stringify(omit(shown[row] ?? {}, without))))
      }),
    values: (fields) => memo(`values ${fields}`, () => createValueIndex(rows, fields)),
    words: (fields) => memo(`words ${JSON.stringify(fields)}`, () => createWordIndex(rows, fields, pause)),
    numbers: (field, kind) =>
      memo(`${kind} ${field}`, () => {
        const read = fieldReader(field)
        return Float64Array.from(rows, (row) => number(read(row)[0], kind))
      }),
  }
}

function createMemo() {
  const known = new Map<string, { value: unknown }>()
  return <T>(key: string, make: () => T): T => {
    const found = known.get(key)
    // A key names one maker, so what it made has that maker's type.
    if (found !== undefined) return found.value as T
    const value = make()
    known.set(key, { value })
    return value
  }
}

function number(value: string | number | boolean | undefined, kind: 'number' | 'instant'): number {
  if (value === undefined || typeof value === 'boolean' || value === '') return Number.NaN
  return kind === 'instant' && typeof value === 'string' ? Date.parse(value) : Number(value)
}
