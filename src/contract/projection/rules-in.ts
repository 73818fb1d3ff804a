import { someShape } from './inner-shapes.js'
import type { ScopeRule } from './scope-rule.js'
import type { Shape } from './shape.js'

/** Every rule within a shape. */
export function rulesIn(shape: Shape): readonly ScopeRule[] {
  const rules: ScopeRule[] = []
  someShape(shape, ({ rule, object, array }) => {
    rules.push(rule, ...(array?.populations ?? []).map((population) => population.rule))
    for (const property of object?.properties.values() ?? []) rules.push(property.rule)
    return false
  })
  return rules.filter((rule) => rule.length > 0)
}
