import type { Clock } from '#base'
import type { Operation, UpstreamResponse } from '#contract'
import { answer } from '../answer.js'
import type { People } from '../personas/people.js'
import { createPeopleSearch } from '../personas/people-search.js'
import { createPersonaAnswer } from '../personas/persona-answer.js'
import { createCollection } from './collection.js'
import { type Dataset, loadDataset } from './dataset.js'
import type { OperationContext, Prepared, Simulate } from './operation-context.js'
import type { OperationDeclaration } from './operation-shape.js'
import { createPause } from './pause.js'
import { createPrediction } from './prediction.js'
import type { RefusalDeclaration, SimulationDeclaration } from './simulation-shape.js'
import { jsonPiece } from './template.js'
import { unknownDataset } from './unknown-dataset.js'

/** The operations of a simulation, each made ready when it is first asked for: its data read, its indexes built. */
export interface Simulation {
  operation(operation: Pick<Operation, 'id' | 'method' | 'path'>): SimulatedOperation | undefined
  /** Makes all of them ready for any call, the first declared first, and reads all data. Throws a Problem when data cannot be read. */
  prepare(): Promise<void>
  readonly refusal: RefusalDeclaration
  /** The answer to a wrong request. */
  refuse(message: string): UpstreamResponse
}

export interface SimulatedOperation {
  /** Prepared in short slices, so that other calls go on meanwhile. Throws a Problem when data cannot be read. */
  ready(): Promise<Simulate>
  /** The same, and all indexes that its filters need. */
  warm(): Promise<void>
  /** Names of parameters that the simulation checks itself. */
  readonly parameters: ReadonlySet<string>
  /** Whether it checks the whole call itself, body included. */
  readonly complete: boolean
}

export interface SimulationSource {
  readonly declaration: SimulationDeclaration
  readonly folder: string
  readonly clock: Clock
  /** Milliseconds since the epoch that relative durations count from. */
  readonly anchor: number
  readonly people: People
}

export function createSimulation(source: SimulationSource): Simulation {
  const { refusal, operations } = source.declaration
  const context: OperationContext = {
    clock: source.clock,
    refusal,
    datasetNamed: datasetsOf(source),
    pause: createPause(),
    people: source.people,
  }
  const simulated = new Map(
    Object.entries(operations).map(([id, operation]) => [id, simulatedOperation(operation, context)]),
  )
  return {
    operation: ({ id, method, path }) => simulated.get(`${method} ${path}`) ?? simulated.get(id),
    async prepare() {
      for (const operation of simulated.values()) await operation.warm()
      for (const name of Object.keys(source.declaration.datasets)) await context.datasetNamed(name)
    },
    refusal,
    refuse: (message) => refuse(refusal, message),
  }
}

function simulatedOperation(declaration: OperationDeclaration, context: OperationContext): SimulatedOperation {
  let known: Promise<Prepared> | undefined
  const prepared = () => (known ??= prepare(declaration, context))
  return {
    ready: async () => (await prepared()).simulate,
    warm: async () => (await prepared()).warm?.(),
    parameters: namesOf(declaration),
    complete: declaration.people !== undefined,
  }
}

async function prepare(declaration: OperationDeclaration, context: OperationContext): Promise<Prepared> {
  const { collection, prediction, persona, people } = declaration
  if (collection !== undefined) return createCollection(collection, context)
  if (prediction !== undefined) return { simulate: await createPrediction(prediction, context) }
  if (persona !== undefined) return { simulate: await createPersonaAnswer(persona, context) }
  if (people !== undefined) return { simulate: await createPeopleSearch(people, context) }
  throw new TypeError('an operation of a simulation has exactly one kind')
}

function namesOf({ collection, prediction }: OperationDeclaration): ReadonlySet<string> {
  const parameters = Object.entries(collection?.parameters ?? prediction?.parameters ?? {})
  const names = parameters.flatMap(([name, { aliases }]) => [name, ...aliases])
  const { paging, sort, projection } = collection ?? {}
  const paged = paging === undefined ? [] : paging.by === 'range' ? [paging.parameter] : [paging.page, paging.size]
  return new Set([...names, ...paged, sort?.parameter ?? '', projection?.parameter ?? ''])
}

function refuse(refusal: RefusalDeclaration, message: string): UpstreamResponse {
  const values = { message: jsonPiece(message), status: jsonPiece(refusal.status) }
  const fill = (name: string) => (name === 'message' ? values.message : name === 'status' ? values.status : undefined)
  return answer(refusal, { fill })
}

function datasetsOf({ declaration, folder, anchor }: SimulationSource) {
  const loaded = new Map<string, Promise<Dataset>>()
  return (name: string): Promise<Dataset> => {
    const dataset = declaration.datasets[name]
    if (dataset === undefined) return Promise.reject(unknownDataset(name))
    const known = loaded.get(name) ?? loadDataset({ folder, declaration: dataset, anchor, pause: createPause() })
    loaded.set(name, known)
    return known
  }
}
