import type { Shape } from './shape.js'

/** Shows a shape and every shape under it, each once. Stops when `visit` says so; true when it did. */
export function someShape(shape: Shape, visit: (shape: Shape) => boolean, seen: Set<Shape> = new Set()): boolean {
  if (seen.has(shape)) return false
  seen.add(shape)
  return visit(shape) || innerShapes(shape).some((inner) => someShape(inner, visit, seen))
}

export function innerShapes({ object, array, branches }: Shape): readonly Shape[] {
  return [
    ...(object === null ? [] : [...object.properties.values()].map(({ shape }) => shape)),
    ...(object === null || object.rest === null ? [] : [object.rest]),
    ...(array === null ? [] : [array.items]),
    ...(branches?.alternatives ?? []),
  ]
}
