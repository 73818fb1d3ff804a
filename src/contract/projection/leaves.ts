import { fieldPlace, isTooDeep, itemsPlace, type Place } from './places.js'
import type { View } from './view.js'

/**
 * Where something is let out of a value that was leapt over: every visible field is there, and no visible list is empty. None: so deep that fields
 * have no names of their own.
 */
export function leavesOf(view: View, place: Place): readonly Place[] {
  if (isTooDeep(place)) return []
  if (view.items !== null) return leavesOf(view.items, itemsPlace(place))
  if (view.fields.length === 0) return [place]
  const leaves = view.fields.map((field, index) => leavesOf(field.view, fieldPlace(place, index, field.name)))
  return leaves.some(({ length }) => length === 0) ? [] : leaves.flat()
}
