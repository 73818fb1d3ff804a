import type { Call } from '../call.js'
import type { Dataset } from './dataset.js'
import {
  createParameterReader,
  isWrong,
  type ParameterValue,
  type ParameterValues,
  type ReadParameter,
  refuser,
  type Wrong,
} from './parameter-reader.js'
import type { ParameterDeclaration } from './parameter-shape.js'
import type { Pause } from './pause.js'
import type { RefusalDeclaration } from './simulation-shape.js'

export type ReadParameters = (call: Call) => ParameterValues | Wrong

export interface ParametersContext {
  readonly refusal: RefusalDeclaration
  readonly datasetNamed: (name: string) => Promise<Dataset>
  readonly pause: Pause
}

/** Reads all parameters in their declared order; the first mistake refuses the call. */
export async function createParametersReader(
  declarations: Readonly<Record<string, ParameterDeclaration>>,
  context: ParametersContext,
): Promise<ReadParameters> {
  const readers: [string, ReadParameter][] = []
  for (const [name, declaration] of Object.entries(declarations)) {
    await context.pause()
    const known = await knownValues(declaration, context)
    readers.push([name, createParameterReader(name, declaration, { refusal: context.refusal, known })])
  }
  const relations = Object.entries(declarations).map(([name, declaration]) =>
    relation(name, declaration, context.refusal),
  )
  return (call) => {
    const values = new Map<string, ParameterValue>()
    for (const [name, read] of readers) {
      const value = read(call)
      if (isWrong(value)) return value
      if (value !== null) values.set(name, value)
    }
    return relations.map((wrong) => wrong(values)).find((wrong) => wrong !== null) ?? values
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

async function knownValues({ known }: ParameterDeclaration, { datasetNamed }: ParametersContext) {
  if (known === undefined) return () => true
  const index = (await datasetNamed(known.dataset)).values([known.field])
  return (value: string) => index.values.has(value) || known.also.includes(value)
}
