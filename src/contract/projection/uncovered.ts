import type { Path } from '../reading/source.js'
import type { Obstacle } from './compile-shape.js'
import { someShape } from './inner-shapes.js'
import type { Shape } from './shape.js'

/** Values that anyone would see: under no rule, neither their own nor one above. A list with populations is opened by them. */
export function uncovered(shape: Shape): readonly Obstacle[] {
  const found: Obstacle[] = []
  walk(shape, new Set())
  return found

  function walk(current: Shape, seen: Set<Shape>): void {
    if (seen.has(current) || current.rule.length > 0) return
    seen.add(current)
    const { object, array, branches } = current
    if (isOpen(current)) return void found.push({ at: current.at, ...told })
    for (const { rule, shape: inner } of object?.properties.values() ?? []) if (rule.length === 0) walk(inner, seen)
    if (object?.rest !== undefined && object.rest !== null) walk(object.rest, seen)
    if (array !== null && array.populations === null) walk(array.items, seen)
    for (const alternative of branches?.alternatives ?? []) walk(alternative, seen)
  }
}

/** The same of an answer that speaks for those that succeed too, told once: what mends it is to declare these. */
export const uncoveredByDefault = (shape: Shape, at: Path): readonly Obstacle[] =>
  uncovered(shape).length === 0 ? [] : [{ at, ...toldOfDefault }]

/** Where whatever JSON stands may leave, under no rule: what an error says of a person is then as free as the rest. */
export function unbounded(shape: Shape): readonly Obstacle[] {
  const found: Obstacle[] = []
  someShape(shape, (inner) => {
    if (isUnbounded(inner)) found.push({ at: inner.at, ...unnamed })
    return false
  })
  return found
}

/** It holds values that are seen by whoever sees it. */
export const isOpen = (shape: Shape): boolean => isUnbounded(shape) || (shape.rule.length === 0 && holdsScalars(shape))
/** Whatever JSON stands there is seen by whoever sees it. */
export const isUnbounded = ({ whole, rule }: Shape): boolean => whole && rule.length === 0

const scalars = 7
const holdsScalars = ({ accepts, branches }: Shape) => branches === null && (accepts & scalars) !== 0
const told = {
  reason: 'no scope opens this, in an API of personal data',
  mend: 'Add "x-scope" to it, or to what holds it: one at the root of the schema covers all beneath.',
}
const toldOfDefault = {
  reason: '"default" speaks for what succeeds too, and no scope opens it, in an API of personal data',
  mend: 'Declare "2XX" and "3XX", without content where they have none: "default" then speaks of errors alone.',
}
const unnamed = {
  reason: 'an error may say anything here, in an API of personal data',
  mend: 'Name its fields in "properties": no other leaves.',
}
