import type { Operation } from '../api.js'

/** What an operation's contract says of its parameters beside OpenAPI. */
export interface MarkedParameters {
  /** `x-identity`: parameters that name the person whom the call is about, and what of them each says. */
  readonly identity: readonly MarkedParameter[]
  /** `x-recipient`: the parameter that holds the SIRET of the body for which the data are; null: none. */
  readonly recipient: string | null
  /** `x-right` of the operation: what every call needs; null: nothing. */
  readonly right: string | null
  /** `x-right` of parameters: what a call needs that has them. */
  readonly rights: readonly MarkedParameter[]
}

export interface MarkedParameter {
  readonly name: string
  readonly in: 'query' | 'path'
  readonly mark: string
}

const known = new WeakMap<Operation, MarkedParameters>()

/** Read once per operation. */
export function markedParameters(operation: Operation): MarkedParameters {
  let marked = known.get(operation)
  if (marked === undefined) {
    marked = readMarks(operation)
    known.set(operation, marked)
  }
  return marked
}

function readMarks({ definition }: Operation): MarkedParameters {
  const marked = (key: 'x-identity' | 'x-right') =>
    (definition.parameters ?? []).flatMap(({ name, in: place, [key]: mark }) =>
      mark === undefined || (place !== 'query' && place !== 'path') ? [] : [{ name, in: place, mark }],
    )
  const recipient = (definition.parameters ?? []).find((each) => each['x-recipient'] === true && each.in === 'query')
  return {
    identity: marked('x-identity'),
    recipient: recipient?.name ?? null,
    right: definition['x-right'] ?? null,
    rights: marked('x-right'),
  }
}
