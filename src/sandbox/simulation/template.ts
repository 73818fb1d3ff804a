import type { Json } from '#contract'
import { isObject } from './field.js'

/** JSON text of a placeholder (`rows`, `row.a.b`, …), in pieces; undefined: there is none, and its key is left out. */
export type Fill = (name: string) => readonly Piece[] | undefined

export type Piece = string | Uint8Array

/** Fills in a template: strings `$name` are placeholders, `$$…` is the string `$…`. Undefined when nothing stands there. */
export function render(template: Json, fill: Fill): readonly Piece[] | undefined {
  if (typeof template === 'string') return renderText(template, fill)
  if (Array.isArray(template)) return renderList(template, fill)
  if (isObject(template)) return renderObject(template, fill)
  return [JSON.stringify(template)]
}

export function bytesOf(pieces: readonly Piece[]): Uint8Array {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}

/** JSON lists of ready pieces, e.g. rows that were serialised before. */
export function listOf(entries: readonly (readonly Piece[])[]): readonly Piece[] {
  const pieces: Piece[] = ['[']
  entries.forEach((entry, index) => {
    if (index > 0) pieces.push(',')
    for (const piece of entry) pieces.push(piece)
  })
  pieces.push(']')
  return pieces
}

export const jsonPiece = (value: Json | undefined): readonly Piece[] | undefined =>
  value === undefined ? undefined : [JSON.stringify(value)]

/** The value at a dotted path of an object or of lists (by number). */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  let found = value
  for (const name of path === '' ? [] : path.split('.')) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, name)) return undefined
    found = Array.isArray(found) ? (found[Number(name)] as Json | undefined) : isObject(found) ? found[name] : undefined
  }
  return found
}

function renderText(template: string, fill: Fill): readonly Piece[] | undefined {
  if (template.startsWith('$$')) return [JSON.stringify(template.slice(1))]
  return template.startsWith('$') ? fill(template.slice(1)) : [JSON.stringify(template)]
}

function renderList(template: readonly Json[], fill: Fill): readonly Piece[] {
  return listOf(template.map((entry) => render(entry, fill)).filter((entry) => entry !== undefined))
}

function renderObject(template: { readonly [key: string]: Json }, fill: Fill): readonly Piece[] {
  const pieces: Piece[] = ['{']
  for (const [name, value] of Object.entries(template)) {
    const rendered = render(value, fill)
    if (rendered === undefined) continue
    pieces.push(`${pieces.length > 1 ? ',' : ''}${JSON.stringify(name)}:`, ...rendered)
  }
  pieces.push('}')
  return pieces
}
