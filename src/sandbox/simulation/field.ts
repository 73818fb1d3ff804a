import type { Json } from '#contract'

/** A dotted path inside a row, e.g. `lieuTravail.commune`. */
export type FieldPath = string

export type Scalar = string | number | boolean

/** Reads every scalar at the path; a list on the way means each of its entries, or the one of that number. */
export function fieldReader(path: FieldPath): (row: Json | undefined) => readonly Scalar[] {
  const collect = path.split('.').reduceRight<Collect>(stepInto, keepScalars)
  return (row) => {
    const found: Scalar[] = []
    if (row !== undefined) collect(row, found)
    return found
  }
}

export const fieldValues = (row: Json | undefined, path: FieldPath): readonly Scalar[] => fieldReader(path)(row)

export const fieldValue = (row: Json | undefined, path: FieldPath): Scalar | undefined => fieldValues(row, path)[0]

export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Collect = (value: Json, found: Scalar[]) => void

const keepScalars: Collect = (value, found) => {
  if (Array.isArray(value)) for (const entry of value) keepScalars(entry, found)
  else if (value !== null && typeof value !== 'object') found.push(value)
}

function stepInto(further: Collect, name: string): Collect {
  const place = /^\d+$/.test(name) ? Number(name) : null
  const collect: Collect = (value, found) => {
    if (Array.isArray(value)) {
      if (place === null) for (const entry of value) collect(entry, found)
      else if (place < value.length) further(value[place], found)
    } else if (isObject(value) && Object.hasOwn(value, name)) further(value[name] ?? null, found)
  }
  return collect
}
