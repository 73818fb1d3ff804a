import type { Call } from '../call.js'
import type { PagingDeclaration } from './operation-shape.js'
import { fillText, type Wrong } from './parameter-reader.js'
import type { RefusalDeclaration } from './simulation-shape.js'

/** The part that is asked for: row numbers from 0, the last one included. */
export interface Part {
  readonly first: number
  readonly last: number
  /** Number of the page, and its size, as the caller counts. */
  readonly page: number
  readonly size: number
}

export type ReadPart = (call: Call) => Part | Wrong

export function createPaging(declaration: PagingDeclaration | undefined, refusal: RefusalDeclaration): ReadPart {
  if (declaration === undefined) return () => ({ first: 0, last: Number.MAX_SAFE_INTEGER, page: 0, size: 0 })
  return declaration.by === 'range' ? range(declaration) : page(declaration, refusal)
}

const firstValue = (call: Call, name: string) => {
  const value = call.query.get(name)?.[0]
  return value === '' ? undefined : value
}

function range(declaration: Extract<PagingDeclaration, { by: 'range' }>): ReadPart {
  const { texts } = declaration
  const part = (first: number, last: number): Part => ({ first, last, page: 0, size: last - first + 1 })
  return (call) => {
    const text = firstValue(call, declaration.parameter)
    if (text === undefined) return part(0, declaration.size - 1)
    const [, start, end] = /^\s*(\d{1,9})-(\d{1,9})\s*$/.exec(text ?? '') ?? []
    const [first, last] = [Number(start ?? 1), Number(end ?? 0)]
    if (first > last) return { message: texts.format }
    if (first > declaration.startMost) return { message: texts.start }
    return last - first + 1 > declaration.longest ? { message: texts.longest } : part(first, last)
  }
}

function page(declaration: Extract<PagingDeclaration, { by: 'page' }>, refusal: RefusalDeclaration): ReadPart {
  const wrong = (name: string): Wrong => ({
    message: fillText(refusal.texts.format, { name, expected: refusal.expected.integer ?? 'integer' }),
  })
  const read = (call: Call, name: string, usual: number) => {
    const text = firstValue(call, name)
    return text === undefined ? usual : /^\d{1,7}$/.test(text ?? '') ? Number(text) : Number.NaN
  }
  return (call) => {
    const number = read(call, declaration.page, declaration.start)
    if (!(number >= declaration.start)) return wrong(declaration.page)
    const size = read(call, declaration.size, declaration.default)
    if (!(size >= 1 && size <= declaration.longest)) return wrong(declaration.size)
    const first = (number - declaration.start) * size
    return { first, last: first + size - 1, page: number, size }
  }
}
