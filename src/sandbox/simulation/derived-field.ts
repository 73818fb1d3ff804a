import type { Json } from '#contract'
import type { DerivedDeclaration } from './dataset-shape.js'
import { fieldReader } from './field.js'

/** Computes a derived field of a row; undefined when its source does not match. */
export function derive(declaration: DerivedDeclaration): (row: Json) => Json | undefined {
  const read = fieldReader(declaration.from)
  const pattern = new RegExp(declaration.match, 'u')
  const { factor } = declaration
  const factorPattern = factor === undefined ? null : new RegExp(factor.match, 'u')
  const one = (text: string): string | number | undefined => {
    const found = pattern.exec(text)
    if (found === null) return undefined
    const part = found.length > 1 ? found.slice(1).join('') : found[0]
    if (declaration.values !== undefined) return declaration.values[part]
    if (!declaration.number) return part
    const chosen = factorPattern?.exec(text)
    const times = factor === undefined ? 1 : factor.values[chosen?.[1] ?? chosen?.[0] ?? '']
    const value = Number(part.replace(/\s/g, '').replace(',', '.')) * (times ?? Number.NaN)
    return Number.isFinite(value) ? value : undefined
  }
  return (row) => {
    const values = read(row)
      .map((value) => one(String(value)))
      .filter((value) => value !== undefined)
    return values.length > 1 ? values : values[0]
  }
}
