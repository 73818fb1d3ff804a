import type { Obstacle } from './compile-shape.js'
import { innerShapes, someShape } from './inner-shapes.js'
import type { Shape } from './shape.js'

/** Conditions and discriminators that look at what a rule of its own may hide: they would tell it all the same. */
export function hiddenDecisions(shape: Shape): readonly Obstacle[] {
  const found: Obstacle[] = []
  someShape(shape, ({ at, array, branches }) => {
    const discriminator = branches?.discriminator ?? null
    if (discriminator !== null)
      for (const alternative of branches?.alternatives ?? [])
        found.push(...look(alternative, [discriminator.property], { at, by: 'the discriminator' }))
    for (const { where } of array?.populations ?? [])
      for (const { path } of where)
        if (array !== null)
          found.push(...look(array.items, path, { at: [...at, 'x-population'], by: 'the population' }))
    return false
  })
  return found
}

interface Deciding {
  readonly at: Obstacle['at']
  readonly by: string
}

function look(shape: Shape, path: readonly string[], { at, by }: Deciding): readonly Obstacle[] {
  const name = path.join('.')
  const steps = stepsInto(shape, path)
  if (steps === null)
    return [
      {
        at,
        reason: `${by} looks at "${name}", which is not declared`,
        mend: 'Declare the property, or correct its name.',
      },
    ]
  if (!steps.some((ruled) => ruled)) return []
  return [
    {
      at,
      reason: `${by} looks at "${name}", which has an x-scope of its own`,
      mend: 'Take the x-scope off it: whoever sees the item sees what chose it.',
    },
  ]
}

/** For each step, whether it has a rule of its own; null where the path leads nowhere. */
function stepsInto(shape: Shape, [name, ...rest]: readonly string[]): readonly boolean[] | null {
  if (name === undefined) return []
  const property = shape.object?.properties.get(name)
  if (property !== undefined) {
    const further = stepsInto(property.shape, rest)
    return further === null ? null : [property.rule.length > 0 || property.shape.rule.length > 0, ...further]
  }
  const ways = shape.branches === null ? [] : innerShapes(shape).map((inner) => stepsInto(inner, [name, ...rest]))
  return ways.length === 0 || ways.includes(null) ? null : ways.flatMap((way) => way ?? [])
}
