import type { Json } from '#contract'

/** A dotted path inside a row, e.g. `lieuTravail.commune`. */
export type FieldPath = string

export type Scalar = string | number | boolean

/** Reads every scalar at the path; a list on the way means each of its entries, or the one of that number. */
export function fieldReader(path: FieldPath): (row: Json | undefined) => readonly Scalar[] {
  const names = path.split('.')
  return (row) => {
    const found: Scalar[] = []
    if (row !== undefined) collect(row, { names, at: 0, found })
    return found
  }
}

export const fieldValues = (row: Json | undefined, path: FieldPath): readonly Scalar[] => fieldReader(path)(row)

export const fieldValue = (row: Json | undefined, path: FieldPath): Scalar | undefined => fieldValues(row, path)[0]

export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface Walk {
  readonly names: readonly string[]
  readonly at: number
  readonly found: Scalar[]
}

function collect(value: Json, { names, at, found }: Walk): void {
  const name = names[at]
  if (Array.isArray(value)) {
    const entries: readonly Json[] =
      name !== undefined && /^\d+$/.test(name) ? value.slice(Number(name), Number(name) + 1) : value
    const next = entries === value ? at : at + 1
    for (const entry of entries) collect(entry, { names, at: next, found })
  } else if (name === undefined) {
    if (value !== null && typeof value !== 'object') found.push(value)
  } else if (isObject(value) && Object.hasOwn(value, name)) {
    collect(value[name] ?? null, { names, at: at + 1, found })
  }
}
