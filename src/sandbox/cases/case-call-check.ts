import { type CallCheck, type ContractBreach, callChecks, type Json, type JsonObject, type Operation } from '#contract'

export interface CaseCall {
  readonly params: JsonObject
  readonly operation: Operation
  /** Parameters that a case does not name. */
  readonly ignored: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What the gateway finds wrong with the call that a case is written for, before any case is looked at. Compiles each operation once. */
export function createCaseCallCheck(): (call: CaseCall) => ContractBreach | null {
  const checkOf = callChecks()
  const known = new WeakMap<Operation, CallCheck>()
  return ({ params, operation, ignored, now }) => {
    const { parameters = [] } = operation.definition
    const asked = parameters.filter(({ name }) => !ignored.includes(name))
    const check =
      known.get(operation) ?? checkOf({ ...operation, definition: { ...operation.definition, parameters: asked } })
    known.set(operation, check)
    const named = new Map(Object.entries(params).map(([name, value]) => [plain(name), textsOf(value)]))
    const query = new Map(
      asked.flatMap(({ name }) => {
        const values = named.get(plain(name))
        return values === undefined ? [] : [[name, values] as const]
      }),
    )
    const path = Object.fromEntries([...named].map(([name, values]) => [name, values[0] ?? '']))
    return check({ query, path }, now)
  }
}

const plain = (name: string) => name.replace(/\[\]$/, '').trim()
const textsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === null || value === undefined ? [] : [String(value)]
