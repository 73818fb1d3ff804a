import { depthMax, fieldOf, itemsOf, type NameNode, nameRoot } from './field-names.js'
import type { Shape } from './shape.js'

/** A place of an answer as certain scopes see it: its fields by their index in the view. */
export interface Place {
  readonly node: NameNode
  readonly fields: (Place | undefined)[]
  /** Of a list, or of what the contract does not describe further. */
  items: Place | null
  rest: Place | null
  /** Of a value of which everything is visible, once it was asked: see `leavesOf`. */
  leaves: readonly Place[] | null
  /** Something was let out here; whoever clears `Places.met` unsets it. */
  met: boolean
}

/** Where something was let out, in the order of the body. */
export interface Places {
  readonly root: Place
  readonly met: Place[]
}

export const newPlaces = (shape: Shape): Places => ({ root: newPlace(nameRoot(shape)), met: [] })

/** The names of the places met, which are forgotten. */
export function takeNames({ met }: Places): string[] {
  const names = met.map((place) => {
    place.met = false
    return place.node.path || '*'
  })
  met.length = 0
  return names
}

export function fieldPlace(place: Place, index: number, name: string): Place {
  let field = place.fields[index]
  if (field === undefined) {
    field = newPlace(fieldOf(place.node, name))
    place.fields[index] = field
  }
  return field
}

export function itemsPlace(place: Place): Place {
  place.items ??= newPlace(itemsOf(place.node))
  return place.items
}

/** What stands in an object, or in a list, of which the contract says nothing more. */
export function withinPlace(place: Place, object: boolean): Place {
  if (!object) return itemsPlace(place)
  place.rest ??= newPlace(fieldOf(place.node, '*'))
  return place.rest
}

/** So deep that fields have no names of their own any more. */
export const isTooDeep = ({ node }: Place): boolean => node.depth >= depthMax

const newPlace = (node: NameNode): Place => ({ node, fields: [], items: null, rest: null, leaves: null, met: false })
