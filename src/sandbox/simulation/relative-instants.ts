import type { Json, JsonObject } from '#contract'
import type { DatasetDeclaration } from './dataset-shape.js'
import { durationMilliseconds } from './duration.js'
import { isObject } from './field.js'

type Writing = DatasetDeclaration['instants'][string]

/** Gives rows with their relative durations made instants, counted from `anchor` (milliseconds since the epoch). */
export function instantWriter(
  instants: Readonly<Record<string, Writing>>,
  anchor: number,
): (row: JsonObject) => JsonObject {
  const places = Object.entries(instants).map(([path, writing]) => ({ path: path.split('.'), writing }))
  return (row) => {
    let written: Json = row
    for (const { path, writing } of places)
      written = replaceAt(written, path, (value) => instant(value, writing, anchor))
    return isObject(written) ? written : row
  }
}

function replaceAt(value: Json, path: readonly string[], replace: (value: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => replaceAt(entry, path, replace))
  const [name, ...rest] = path
  if (name === undefined) return replace(value)
  if (!isObject(value) || !Object.hasOwn(value, name)) return value
  return { ...value, [name]: replaceAt(value[name] ?? null, rest, replace) }
}

function instant(value: Json, writing: Writing, anchor: number): Json {
  const offset = typeof value === 'string' ? durationMilliseconds(value) : null
  if (offset === null) return value
  const text = new Date(Math.floor((anchor + offset) / 1000) * 1000).toISOString()
  switch (writing) {
    case 'milliseconds':
      return text
    case 'seconds':
      return `${text.slice(0, 19)}Z`
    case 'local':
      return text.slice(0, 19)
    case 'day':
      return `${text.slice(0, 10)}T00:00:00.000Z`
    case 'date':
      return text.slice(0, 10)
    case 'time':
      return text.slice(11, 16)
  }
}
