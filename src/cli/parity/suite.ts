import { type ApiVersion, dialectOf, type Platform, refusal, type SandboxCase } from '#contract'
import { gateCases } from './gate-cases.js'
import { parametersOf } from './good-query.js'
import { inHerNameCases } from './in-her-name-cases.js'
import { parameterCases } from './parameter-cases.js'
import type { ParityCase } from './parity-case.js'
import { personCases } from './person-cases.js'

/** What is not put to both, and why. */
export const unasked: readonly { readonly what: string; readonly why: string }[] = [
  { what: 'Prefer', why: 'a means of the sandbox alone' },
]

/** Every question, from the contracts and cases of the adapted versions: nothing of any platform is written here. */
export function suiteOf(
  platform: Platform,
  unplayed: readonly { readonly api: string; readonly title: string }[],
): readonly ParityCase[] {
  const firsts = firstOfEachDoor(platform)
  // A person's token ends soon by the suite's own clock: what needs one is asked first.
  const inHerName = platform.apis.flatMap((api) =>
    api.operations.flatMap((operation) => inHerNameCases({ platform, api, operation })),
  )
  const others = platform.apis.flatMap((api) =>
    api.operations.flatMap((operation) => {
      const cases = (api.cases ?? []).filter(
        (written) =>
          written.operation === operation.id &&
          Object.keys(written.params).length > 0 &&
          !unplayed.some((other) => other.api === api.id && other.title === written.title),
      )
      const good = cases.find(({ status }) => status === 200)
      if (good === undefined) return []
      const subject = { platform, api, operation }
      const parameters = parametersOf(operation, good.params)
      const atTheGate =
        firsts.has(api) && operation.id === firstWithCases(api.cases ?? []) ? gateCases(subject, parameters) : []
      return [...atTheGate, ...parameterCases(subject, parameters), ...personCases(subject, cases)]
    }),
  )
  return [...inHerName, ...others]
}

/** Versions that refuse alike have one door, whose questions are put to the first of them. */
function firstOfEachDoor({ apis, dialect }: Platform): ReadonlySet<ApiVersion> {
  const doors = new Map<string, ApiVersion>()
  for (const api of apis) {
    const context = { requestId: '', language: 'fr', api, quota: null, problemsUrl: '' } as const
    const { status, body } = dialectOf(dialect).refuse(refusal('token/missing'), context)
    const door = `${status} ${Buffer.from(body ?? '').toString('utf8')}`
    if (!doors.has(door)) doors.set(door, api)
  }
  return new Set(doors.values())
}

const firstWithCases = (cases: readonly SandboxCase[]): string | undefined =>
  cases.find(({ status }) => status === 200)?.operation
