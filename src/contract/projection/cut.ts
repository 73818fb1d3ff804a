import { cutText } from './cut-text.js'
import { textBytesMax } from './json-text.js'
import { newPlaces, type Places, takeNames } from './places.js'
import { rulesIn } from './rules-in.js'
import type { Shape } from './shape.js'
import { type View, viewOf } from './view.js'

/**
 * What these scopes see of a body in UTF-8, cut from its bytes without reading it into values, each character a byte; null: `project` must
 * look. The names of the fields that it lets out are added to `names`, as `fieldNames` has them; null: nobody asks.
 */
export type Cut = (bytes: Buffer, scopes: ReadonlySet<string>, names: string[] | null) => string | null

/**
 * Copies the visible stretches of a body as its provider wrote them: a tenth of what it costs to parse it and write it again. It never refuses: whatever is
 * not plainly as the contract has it (another type, a field missing, a name written with escapes or twice, no JSON) is left to `project`.
 */
export function cutter(shape: Shape): Cut {
  const relevant = [...new Set(rulesIn(shape).flat(2))]
  const held = new Map<string, Held | null>()
  const known = new WeakMap<ReadonlySet<string>, Held | null>()
  const find = (scopes: ReadonlySet<string>): Held | null => {
    const key = relevant.filter((scope) => scopes.has(scope)).join(' ')
    let found = held.get(key)
    if (found === undefined) {
      const view = viewOf(shape, scopes, held.size < leapingMax)
      found = view === null ? null : { view, places: newPlaces(shape) }
      if (held.size < heldMax) held.set(key, found)
    }
    known.set(scopes, found)
    return found
  }
  return (bytes, scopes, names) => {
    const ready = known.get(scopes)
    const found = ready === undefined ? find(scopes) : ready
    if (found === null || bytes.length > textBytesMax) return null
    if (names === null) return cutText(bytes, found.view, null)
    let cut: string | null = null
    try {
      cut = cutText(bytes, found.view, found.places)
    } finally {
      // Whatever became of it, the next body begins with no names.
      const met = takeNames(found.places)
      if (cut !== null) names.push(...met)
    }
    return cut
  }
}

/** Scopes held, as far as they matter here. */
interface Held {
  readonly view: View
  readonly places: Places
}

/** Ways to hold scopes that are remembered. */
const heldMax = 1_000
/** Of them, those whose forms are worth compiling. */
const leapingMax = 16
