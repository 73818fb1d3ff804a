import {
  closeBrace,
  closeBracket,
  comma,
  depthMax,
  nameEnd,
  openBrace,
  openBracket,
  quote,
  skipBlanks,
  stringEnd,
  valueAfter,
  valueEnd,
} from './json-scan.js'
import { rulesIn } from './rules-in.js'
import { kinds, type Shape } from './shape.js'
import { type FieldView, type View, viewOf } from './view.js'

/** What these scopes see of a body, cut from its bytes without reading it into values; null: `project` must look. */
export type Cut = (bytes: Buffer, scopes: ReadonlySet<string>) => Buffer | null

/**
 * Copies the visible stretches of a body as its provider wrote them: a tenth of what it costs to parse it and write it again. It never refuses: whatever is
 * not plainly as the contract has it (another type, a field missing, a name written with escapes or twice, no JSON) is left to `project`.
 */
export function cutter(shape: Shape): Cut {
  const relevant = [...new Set(rulesIn(shape).flat(2))]
  const views = new Map<string, View | null>()
  const known = new WeakMap<ReadonlySet<string>, View | null>()
  const find = (scopes: ReadonlySet<string>): View | null => {
    const key = relevant.filter((scope) => scopes.has(scope)).join(' ')
    let view = views.get(key)
    if (view === undefined) {
      view = viewOf(shape, scopes)
      if (views.size < viewsMax) views.set(key, view)
    }
    known.set(scopes, view)
    return view
  }
  return (bytes, scopes) => {
    const ready = known.get(scopes)
    const view = ready === undefined ? find(scopes) : ready
    return view === null ? null : new Cutting(bytes).whole(view)
  }
}

/** Ways to hold scopes that are remembered. */
const viewsMax = 1_000

class Cutting {
  readonly #bytes: Buffer
  readonly #out: Buffer
  #used = 0
  /** Where the stretch begins that is visible and not copied yet; -1: there is none. */
  #from = -1

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#out = Buffer.allocUnsafe(bytes.length)
  }

  whole(view: View): Buffer | null {
    const start = skipBlanks(this.#bytes, 0)
    this.#from = start
    const end = this.#value(view, start, 0)
    if (end < 0 || skipBlanks(this.#bytes, end) !== this.#bytes.length) return null
    this.#copyTo(end)
    return this.#out.subarray(0, this.#used)
  }

  /** Behind the value; -1: not for this way. */
  #value(view: View, at: number, depth: number): number {
    const bytes = this.#bytes
    const first = bytes[at]
    if (view.whole || first === 0x6e) return valueEnd(bytes, at, depth)
    if (first === openBrace) return (view.accepts & kinds.object) === 0 ? -1 : this.#object(view, at, depth + 1)
    if (first === openBracket) return (view.accepts & kinds.array) === 0 ? -1 : this.#list(view, at, depth + 1)
    if (first === quote) return (view.accepts & kinds.string) === 0 ? -1 : stringEnd(bytes, at)
    if (first === 0x74 || first === 0x66) return (view.accepts & kinds.boolean) === 0 ? -1 : valueEnd(bytes, at)
    return (view.accepts & kinds.number) === 0 ? -1 : this.#number(view, at)
  }

  /** Digits, and a fraction where one may stand: exponents, minus zero and what no double holds exactly are left to `project`. */
  #number({ integer }: View, at: number): number {
    const bytes = this.#bytes
    const end = valueEnd(bytes, at)
    if (end < 0 || end - at > safeDigits || (bytes[at] === minus && bytes[at + 1] === zero)) return -1
    for (let index = at; index < end; index += 1)
      if (bytes[index] === exponent || bytes[index] === largeExponent || (integer && bytes[index] === point)) return -1
    return end
  }

  #list({ items }: View, at: number, depth: number): number {
    const bytes = this.#bytes
    if (items === null || depth > depthMax) return items === null ? this.#emptied(at, depth) : -1
    let next = skipBlanks(bytes, at + 1)
    if (bytes[next] === closeBracket) return next + 1
    for (;;) {
      next = this.#value(items, next, depth)
      if (next < 0) return -1
      next = skipBlanks(bytes, next)
      if (bytes[next] === closeBracket) return next + 1
      if (bytes[next] !== comma) return -1
      next = skipBlanks(bytes, next + 1)
    }
  }

  /** A list none of whose items is visible. */
  #emptied(at: number, depth: number): number {
    const end = valueEnd(this.#bytes, at, depth)
    if (end < 0) return -1
    this.#copyTo(at + 1)
    this.#from = end - 1
    return end
  }

  #object(view: View, at: number, depth: number): number {
    const bytes = this.#bytes
    if (depth > depthMax) return -1
    let met = 0
    let likely = 0
    /** Behind the opening brace, or the last visible value. */
    let kept = at + 1
    let next = skipBlanks(bytes, at + 1)
    while (bytes[next] !== closeBrace) {
      const field = fieldAt(view.fields, likely, bytes, next)
      if (field === unseen) {
        this.#copyTo(kept)
        next = hiddenEnd(bytes, next, depth)
      } else {
        const value = valueAfter(bytes, next + (view.fields[field]?.name.length ?? 0) + 2)
        if (value < 0) return -1
        const bit = 1 << field
        if ((met & bit) !== 0) return -1
        this.#comeBack(next, met !== 0)
        met |= bit
        likely = field + 1
        next = this.#value(view.fields[field]?.view ?? view, value, depth)
        kept = next
      }
      if (next < 0) return -1
      next = skipBlanks(bytes, next)
      if (bytes[next] === closeBrace) break
      if (bytes[next] !== comma) return -1
      next = skipBlanks(bytes, next + 1)
      if (bytes[next] === closeBrace) return -1
    }
    if ((met & view.required) !== view.required) return -1
    if (this.#from < 0) this.#from = next
    return next + 1
  }

  /** A visible field after hidden ones: its own comma went with them. */
  #comeBack(at: number, follows: boolean): void {
    if (this.#from >= 0) return
    if (follows) this.#out[this.#used++] = comma
    this.#from = at
  }

  #copyTo(end: number): void {
    if (this.#from < 0) return
    this.#used += this.#bytes.copy(this.#out, this.#used, this.#from, end)
    this.#from = -1
  }
}

/** Whole numbers up to this many characters are exact. */
const safeDigits = 15
const backslash = 0x5c
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const exponent = 0x65
const largeExponent = 0x45

const unseen = -1

/** Which field a name is; fields mostly come in the contract's order. */
function fieldAt(fields: readonly FieldView[], likely: number, bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return unseen
  if (likely < fields.length && isNamed(fields[likely], bytes, at + 1)) return likely
  for (let index = 0; index < fields.length; index += 1) if (isNamed(fields[index], bytes, at + 1)) return index
  return unseen
}

function isNamed(field: FieldView | undefined, bytes: Uint8Array, at: number): boolean {
  if (field === undefined) return false
  const { name } = field
  const { length } = name
  if (bytes[at + length] !== quote) return false
  for (let index = 0; index < length; index += 1) if (bytes[at + index] !== name[index]) return false
  return true
}

/** Behind a field that is not visible; -1 also when its name is written with escapes, since it may be another one. */
function hiddenEnd(bytes: Uint8Array, at: number, depth: number): number {
  const value = nameEnd(bytes, at)
  for (let index = at; index < value; index += 1) if (bytes[index] === backslash) return -1
  return value < 0 ? -1 : valueEnd(bytes, value, depth)
}
