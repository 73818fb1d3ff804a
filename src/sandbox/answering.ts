import type { Clock } from '#base'
import {
  type ApiVersion,
  breachRefusal,
  type CaseHabits,
  type ContractBreach,
  createContractCheck,
  type Refusal,
  refusal,
  type SandboxCase,
  type UpstreamResponse,
} from '#contract'
import type { Call } from './call.js'
import { createAgreeingMatcher } from './cases/agreeing-case.js'
import { caseAnswer } from './cases/case-answer.js'
import type { CaseMatcher } from './cases/case-matcher.js'
import { createExactMatcher } from './cases/exact-case.js'
import { exampleAnswer } from './examples/example-answer.js'
import { readPreference } from './examples/preference.js'
import type { People } from './personas/people.js'
import { loadSimulation } from './simulation/load-simulation.js'
import { fillText, isWrong } from './simulation/parameter-reader.js'
import type { RefusalDeclaration } from './simulation/simulation-shape.js'

/** One API version, its simulation read; what an operation needs besides is made at its first call. */
export interface Answering {
  answer(call: Call): Promise<UpstreamResponse | Refusal>
  /** Makes the simulation ready for any call. */
  warm(): Promise<void>
}

export interface Moment {
  readonly clock: Clock
  /** Milliseconds since the epoch that relative durations in data count from. */
  readonly anchor: number
  /** The test people of the API's platform. */
  readonly people: People
  readonly habits: CaseHabits
  /** Cases kept beside those of the folder, for the application that calls; a list is never changed, but replaced. */
  stored(api: ApiVersion, applicationId: string): readonly SandboxCase[]
}

export const plainHabits: CaseHabits = { match: 'agree', ignored: [] }

/** Reads the simulation of an API version. Throws a Problem when it cannot be read. */
export async function prepareAnswering(api: ApiVersion, moment: Moment): Promise<Answering> {
  const folder = api.source.kind === 'folder' ? api.source.folder : null
  const { habits } = moment
  const own =
    habits.match === 'exact'
      ? createExactMatcher(api.cases ?? [], habits.ignored, moment.clock)
      : createAgreeingMatcher(api.cases ?? [])
  const kept = keptMatchers(habits.ignored, moment.clock)
  const storedFor = (call: Call) => kept(moment.stored(api, call.request.verified.applicationId))
  const writtenFor = (call: Call) => storedFor(call).find(call) ?? own.find(call)
  const caseFor = (call: Call) => writtenFor(call) ?? storedFor(call).otherwise(call) ?? own.otherwise(call)
  const simulation = folder === null ? null : await loadSimulation(folder, moment)
  const checkOf = checksByOperation(api)
  const answer = async (call: Call): Promise<UpstreamResponse | Refusal> => {
    const { operation } = call.request
    const { unlessWritten } = call.request
    if (unlessWritten !== undefined) {
      const written = writtenFor(call)
      return written === null ? unlessWritten : caseAnswer(written, operation)
    }
    const prefer = readPreference(call.header('prefer'))
    const example = () =>
      exampleAnswer(operation, { accept: call.header('accept'), prefer }) ?? refusal('sandbox/no-answer')
    if (prefer.code !== undefined || prefer.example !== undefined) return example()
    const simulated = simulation?.operation(operation)
    const written = caseFor(call)
    if (written !== null) return caseAnswer(written, operation)
    const result = await (await simulated?.ready())?.(call)
    if (result !== undefined && simulated?.complete === true && !isWrong(result)) return result
    if (result !== undefined && isWrong(result))
      return simulation?.refuse(result.message) ?? refusal('request/malformed')
    const breach = checkOf(operation.id)?.(call, simulated?.parameters ?? none) ?? null
    if (breach !== null)
      return simulation?.refuse(breachText(breach, simulation.refusal)) ?? breachRefusal(breach, operation)
    return result ?? example()
  }
  return { answer, warm: async () => simulation?.prepare() }
}

const none: ReadonlySet<string> = new Set()

/** Matchers of lists that come from the store, made once a list. */
function keptMatchers(ignored: readonly string[], clock: Clock) {
  const known = new WeakMap<readonly SandboxCase[], CaseMatcher>()
  return (cases: readonly SandboxCase[]): CaseMatcher => {
    const matcher = known.get(cases) ?? createExactMatcher(cases, ignored, clock)
    known.set(cases, matcher)
    return matcher
  }
}

/** One check an operation, compiled once. */
function checksByOperation(api: ApiVersion) {
  const checks = new Map<string, ReturnType<typeof createContractCheck>>()
  return (id: string) => {
    const operation = api.operations.find((candidate) => candidate.id === id)
    const known = checks.get(id) ?? (operation === undefined ? undefined : createContractCheck(operation))
    if (known !== undefined) checks.set(id, known)
    return known
  }
}

function breachText(
  { kind, name, expected }: ContractBreach,
  { texts, expected: expectations }: RefusalDeclaration,
): string {
  const said = expected === 'integer' || expected === 'boolean' ? expectations[expected] : undefined
  return fillText(texts[kind === 'rule' ? 'format' : kind], { name: name.trim(), expected: said ?? expected })
}
