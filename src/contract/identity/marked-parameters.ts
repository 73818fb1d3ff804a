import type { Operation, ParameterDefinition } from '../api.js'

/** What an operation's contract says of the person whom a call is about, and of the body for which it asks. */
export interface MarkedParameters {
  /** `x-identity`: parameters that name the person, and what of them each says. */
  readonly identity: readonly MarkedParameter[]
  /** `x-recipient`: the parameter that holds the SIRET of the body for which the data are; null: none. */
  readonly recipient: ParameterDefinition | null
}

export interface MarkedParameter {
  readonly parameter: ParameterDefinition
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

function readMarks({ definition: { parameters = [] } }: Operation): MarkedParameters {
  const identity = parameters.flatMap((parameter) => {
    const { in: place, 'x-identity': mark } = parameter
    return mark === undefined || (place !== 'query' && place !== 'path') ? [] : [{ parameter, mark }]
  })
  const recipient = parameters.find((each) => each['x-recipient'] === true && each.in === 'query')
  return { identity, recipient: recipient ?? null }
}
