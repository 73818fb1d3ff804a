import { nobody } from './scope-rule.js'
import type { Property, Shape } from './shape.js'
import { isOpen, isUnbounded } from './uncovered.js'

/** The shape of an answer of personal data that succeeds, with nothing in it that no rule opens. */
export const closedSuccess = closing(isOpen)

/** The same of one that fails: it may say what the contract names. */
export const closedFailure = closing(isUnbounded)

/**
 * What publication refuses, held at run time too: a version may have been published before the rule that it breaks. A shape that keeps the rules is
 * given back as it is, and the same shape for the same shape.
 */
function closing(closes: (shape: Shape) => boolean): (shape: Shape) => Shape {
  const known = new WeakMap<Shape, Shape>()
  return (shape) => {
    const ready = known.get(shape)
    if (ready !== undefined) return ready
    const made = close(shape, closes)
    known.set(shape, made)
    return made
  }
}

type Draft = { -readonly [key in keyof Shape]: Shape[key] }

function close(root: Shape, closes: (shape: Shape) => boolean): Shape {
  const made = new Map<Shape, Shape>()
  let changed = false
  const closed = walk(root)
  return changed ? closed : root

  function walk(shape: Shape): Shape {
    const ready = made.get(shape)
    if (ready !== undefined) return ready
    // A rule opens all that lies beneath it.
    if (shape.rule.length > 0) return shape
    const draft: Draft = { ...shape }
    made.set(shape, draft)
    if (closes(shape)) {
      changed = true
      draft.rule = nobody
      return draft
    }
    const { object, array, branches } = shape
    const property = ({ rule, shape: inner }: Property): Property => ({
      rule,
      shape: rule.length > 0 ? inner : walk(inner),
    })
    if (object !== null) {
      const properties = new Map([...object.properties].map(([name, own]) => [name, property(own)]))
      draft.object = { ...object, properties, rest: object.rest === null ? null : walk(object.rest) }
    }
    if (array !== null && array.populations === null) draft.array = { ...array, items: walk(array.items) }
    if (branches !== null) {
      const { alternatives, discriminator } = branches
      draft.branches = {
        alternatives: alternatives.map(walk),
        discriminator: discriminator && {
          ...discriminator,
          table: new Map([...discriminator.table].map(([name, inner]) => [name, walk(inner)])),
        },
      }
    }
    return draft
  }
}
