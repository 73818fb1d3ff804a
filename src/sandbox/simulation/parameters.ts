import type { Call } from '../call.js'
import type { OperationContext } from './operation-context.js'
import {
  createParameterReader,
  isWrong,
  type ParameterValue,
  type ParameterValues,
  refuser,
  type Wrong,
} from './parameter-reader.js'
import type { ParameterDeclaration } from './parameter-shape.js'
import type { RefusalDeclaration } from './simulation-shape.js'

export interface ParametersReader {
  read(call: Call): Promise<ParameterValues | Wrong>
  /** Reads what values are looked up in, one dataset after another. */
  warm(): Promise<void>
}

export type ParametersContext = Pick<OperationContext, 'refusal' | 'datasetNamed'>

/** Reads all parameters in their declared order; the first mistake refuses the call. Values that must be known are looked up in their dataset, which is read for the first call that sends one. */
export function createParametersReader(
  declarations: Readonly<Record<string, ParameterDeclaration>>,
  context: ParametersContext,
): ParametersReader {
  const { refusal } = context
  const readers = Object.entries(declarations).map(([name, declaration]) => ({
    name,
    read: createParameterReader(name, declaration, refusal),
    areKnown: knownValues(declaration, context),
    refuse: refuser(name, declaration, refusal),
  }))
  const relations = Object.entries(declarations).map(([name, declaration]) => relation(name, declaration, refusal))
  const readAll = async (call: Call) => {
    const values = new Map<string, ParameterValue>()
    for (const { name, read, areKnown, refuse } of readers) {
      const value = read(call)
      if (value === null) continue
      if (isWrong(value)) return value
      if (areKnown !== null && !(await areKnown(value.texts))) return refuse('value')
      values.set(name, value)
    }
    return relations.map((wrong) => wrong(values)).find((wrong) => wrong !== null) ?? values
  }
  return {
    read: readAll,
    async warm() {
      for (const { areKnown } of readers) await areKnown?.([])
    },
  }
}

/** What joins a parameter to others: those it needs, the one it must not be beyond. */
function relation(name: string, declaration: ParameterDeclaration, refusal: RefusalDeclaration) {
  const refuse = refuser(name, declaration, refusal)
  return (values: ParameterValues): Wrong | null => {
    const value = values.get(name)
    if (value === undefined) return null
    const missing = declaration.needs.filter((other) => !values.has(other))
    if (missing.length > 0) return refuse('together', missing.join(', '))
    const end = declaration.notAfter === undefined ? undefined : values.get(declaration.notAfter)
    return end !== undefined && value.number > end.number ? refuse('order', declaration.notAfter) : null
  }
}

function knownValues({ known }: ParameterDeclaration, { datasetNamed }: ParametersContext) {
  if (known === undefined) return null
  return async (texts: readonly string[]): Promise<boolean> => {
    const { values } = (await datasetNamed(known.dataset)).values([known.field])
    return texts.every((text) => values.has(text) || known.also.includes(text))
  }
}
