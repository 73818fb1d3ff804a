import type { Json } from '#contract'

/** A dotted path inside a row, e.g. `lieuTravail.commune`. */
export type FieldPath = string

/** Every scalar found at the path; a list on the way means each of its entries, or the one of that number. */
export function fieldValues(row: Json | undefined, path: FieldPath): readonly (string | number | boolean)[] {
  let found: Json[] = row === undefined ? [] : [row]
  for (const name of path.split('.')) found = found.flatMap((value) => step(value, name))
  return found.flatMap(scalars)
}

export function fieldValue(row: Json | undefined, path: FieldPath): string | number | boolean | undefined {
  return fieldValues(row, path)[0]
}

export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function step(value: Json, name: string): Json[] {
  if (Array.isArray(value))
    return /^\d+$/.test(name)
      ? value.slice(Number(name), Number(name) + 1)
      : value.flatMap((entry: Json) => step(entry, name))
  if (!isObject(value) || !Object.hasOwn(value, name)) return []
  const next = value[name]
  return next === undefined ? [] : [next]
}

function scalars(value: Json): (string | number | boolean)[] {
  if (Array.isArray(value)) return value.flatMap(scalars)
  return value === null || typeof value === 'object' ? [] : [value]
}
