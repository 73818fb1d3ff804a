import type { Clock } from '#base'
import type { Json, JsonObject, MovingMonth, Operation, SandboxCase } from '#contract'
import type { Call } from '../call.js'
import type { CaseMatcher } from './case-matcher.js'
import { currentMonth, withMonths } from './moving-months.js'

/** The case whose parameters are those of the call and no other, whatever their case; what is ignored, empty or null does not count. */
export function createExactMatcher(
  cases: readonly SandboxCase[],
  ignored: readonly string[],
  clock: Clock,
): CaseMatcher {
  const exact = new Map<string, SandboxCase>()
  const shorter = new Map<string, SandboxCase>()
  const others = new Map<string, SandboxCase>()
  const named = new Set(cases.flatMap(({ params }) => Object.keys(params).map(plain)))
  // What neither the contract nor any case names would reach no provider: it changes nothing here either.
  const counts = (name: string, { definition }: Operation) =>
    named.has(plain(name)) || definition.parameters?.some((parameter) => plain(parameter.name) === plain(name)) === true
  const known = (call: Call): JsonObject =>
    Object.fromEntries(Object.entries(sentParams(call)).filter(([name]) => counts(name, call.request.operation)))
  const moving = movingMatcher(cases, ignored, clock)
  for (const one of cases) {
    if (isForTheRest(one.file)) others.set(one.operation, one)
    if (one.months !== undefined) continue
    const [whole = '', ...parts] = keysOf(one, one.params, ignored)
    if (!exact.has(whole)) exact.set(whole, one)
    for (const key of parts) if (!shorter.has(key)) shorter.set(key, one)
  }
  return {
    find(call) {
      const sent = known(call)
      const key = keyOf(call.request.operation.id, sent, ignored)
      return exact.get(key) ?? shorter.get(key) ?? moving(call, sent)
    },
    otherwise: ({ request }) => others.get(request.operation.id) ?? null,
  }
}

const keyOf = (operation: string, params: JsonObject, ignored: readonly string[]) =>
  `${operation}?${paramsKey(params, ignored)}`

/** The key of a case, then those without what a call may leave out of it. */
const keysOf = ({ operation, optional = [] }: SandboxCase, params: JsonObject, ignored: readonly string[]) =>
  subsetsOf(optional).map((left) => keyOf(operation, params, [...ignored, ...left.map(plain)]))

/** The empty one first. */
const subsetsOf = ([name, ...rest]: readonly string[]): readonly (readonly string[])[] =>
  name === undefined ? [[]] : subsetsOf(rest).flatMap((set) => [set, [...set, name]])

/** Cases whose months move with the calendar; a call that asks for a month besides finds the one that lets it. */
function movingMatcher(cases: readonly SandboxCase[], ignored: readonly string[], clock: Clock) {
  const moved = cases.filter(({ months }) => months !== undefined)
  const asked = [...new Set(moved.flatMap(({ months = [] }) => months.flatMap((month) => month.asked ?? [])))]
  const lenient = [...ignored, ...asked]
  let known: { readonly current: number; readonly whole: Index; readonly open: Index } | null = null
  return (call: Call, sent: JsonObject): SandboxCase | null => {
    if (moved.length === 0) return null
    const current = currentMonth(clock())
    if (known?.current !== current) known = { current, ...indexOf(moved, { ignored, lenient, current }) }
    const id = call.request.operation.id
    const found = known.whole.get(keyOf(id, sent, ignored)) ?? known.open.get(keyOf(id, sent, lenient))
    return found === undefined ? null : { ...found, payload: moveIn(found, { current, call }).payload }
  }
}

type Index = ReadonlyMap<string, SandboxCase>

function indexOf(
  cases: readonly SandboxCase[],
  { ignored, lenient, current }: { ignored: readonly string[]; lenient: readonly string[]; current: number },
): { readonly whole: Index; readonly open: Index } {
  const whole = new Map<string, SandboxCase>()
  const open = new Map<string, SandboxCase>()
  for (const one of cases) {
    const { params } = moveIn(one, { current })
    for (const key of keysOf(one, params, ignored)) whole.set(key, one)
    if (one.months?.some(({ asked }) => asked !== undefined))
      for (const key of keysOf(one, params, lenient)) open.set(key, one)
  }
  return { whole, open }
}

/** The cases as they stand at a moment (milliseconds since the epoch): their moving months written. */
export const casesAt = (cases: readonly SandboxCase[], now: number): readonly SandboxCase[] =>
  cases.map((one) => (one.months === undefined ? one : { ...one, ...moveIn(one, { current: currentMonth(now) }) }))

/** Parameters and payload with their months written. */
function moveIn({ params, payload, months = [] }: SandboxCase, at: { readonly current: number; readonly call?: Call }) {
  const under = (root: string): readonly MovingMonth[] =>
    months.flatMap((one) =>
      one.year.startsWith(`${root}.`) && one.month.startsWith(`${root}.`)
        ? [{ ...one, year: one.year.slice(root.length + 1), month: one.month.slice(root.length + 1) }]
        : [],
    )
  return {
    params: withMonths(params, under('params'), { current: at.current }) as JsonObject,
    payload: payload === undefined ? undefined : withMonths(payload, under('payload'), at),
  }
}

/** Equal texts for parameters that mean the same call: names sorted, lists in their order, one value like a list of one. */
export function paramsKey(params: JsonObject, ignored: readonly string[]): string {
  const entries = Object.entries(params).flatMap(([name, value]) => {
    const texts = textsOf(value)
    return ignored.includes(plain(name)) || texts.length === 0
      ? []
      : [`${encodeURIComponent(plain(name))}=${texts.map((text) => encodeURIComponent(text)).join('&')}`]
  })
  return entries.toSorted().join(';').normalize('NFC')
}

const plain = (name: string): string => name.replace(/\[\]$/, '')

const textsOf = (value: Json | undefined): readonly string[] => {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.flatMap((entry: Json) => textsOf(entry))
  return [(typeof value === 'object' ? JSON.stringify(value) : String(value)).normalize('NFC').toLowerCase()]
}

const sentParams = ({ query, path }: Call): JsonObject => {
  const sent = [...query].map(([name, values]): [string, Json] => [name, values])
  return { ...Object.fromEntries(sent), ...path }
}

/** `404.yaml` answers whatever no other file of its folder does. */
export const isForTheRest = (file: string) => /(^|\/)404\.ya?ml$/.test(file)
