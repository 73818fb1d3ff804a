import type { Operation } from '#contract'

/** Rights beside scopes (`x-right`). */
export interface OperationRights {
  /** For every call; null: none. */
  readonly call: string | null
  /** For the calls that use a parameter. */
  readonly parameters: ReadonlyMap<string, string>
}

export function operationRights(): (operation: Operation) => OperationRights | null {
  const known = new WeakMap<Operation, OperationRights | null>()
  return (operation) => {
    const before = known.get(operation)
    if (before !== undefined) return before
    const rights = rightsIn(operation)
    known.set(operation, rights)
    return rights
  }
}

function rightsIn({ definition }: Operation): OperationRights | null {
  const call = definition['x-right'] ?? null
  const parameters = (definition.parameters ?? []).flatMap(({ name, 'x-right': right }): [string, string][] =>
    right === undefined ? [] : [[name, right]],
  )
  return call === null && parameters.length === 0 ? null : { call, parameters: new Map(parameters) }
}
