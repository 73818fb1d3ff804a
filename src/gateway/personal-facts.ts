import { canonicalIdentity, isSiret, type MarkedParameters, markedParameters, subjectIdentity } from '#contract'
import type { Exchange } from './exchange.js'
import type { HashPerson } from './ports.js'
import { queryValues } from './request/query-values.js'
import { parametersOf } from './route/operations.js'

export interface PersonalFacts {
  readonly person: string | null
  readonly recipient: string | null
}

/** Whom a call is about, as a keyed hash, and for which body: for evidence alone, and no value of the person in it. */
export function personalFacts(exchange: Exchange, hashPerson: HashPerson): PersonalFacts {
  const { api, operation, target, verified } = exchange
  if (api?.access.personalData !== true || operation === null || target === null) return nobody
  const marked = markedParameters(operation)
  const values = queryValues(target.raw, namesOf(marked))
  const identity = identityOf(exchange, marked, values)
  const said = marked.recipient === null ? undefined : values.get(marked.recipient)?.[0]
  return {
    person: identity === null ? null : hashPerson(identity),
    // Whatever else a caller may write there is not kept.
    recipient: said !== undefined && isSiret(said) ? said : (verified?.recipient ?? null),
  }
}

const nobody: PersonalFacts = { person: null, recipient: null }

const known = new WeakMap<MarkedParameters, ReadonlySet<string>>()

function namesOf(marked: MarkedParameters): ReadonlySet<string> {
  let names = known.get(marked)
  if (names === undefined) {
    const recipient = marked.recipient === null ? [] : [marked.recipient]
    names = new Set([...marked.identity.map(({ name }) => name), ...recipient])
    known.set(marked, names)
  }
  return names
}

/** The person whom the parameters name, else the one in whose name the token was issued. */
function identityOf(
  { operation, target, route, verified }: Exchange,
  { identity }: MarkedParameters,
  query: ReadonlyMap<string, readonly string[]>,
): string | null {
  const parts = new Map<string, readonly string[]>()
  const inPath =
    operation === null || target === null ? {} : parametersOf(operation, target.segments, route?.depth ?? 0)
  for (const { name, in: place, mark } of identity) {
    const values = place === 'path' ? [inPath[name] ?? ''] : query.get(name)
    if (values !== undefined) parts.set(mark, values)
  }
  const named = canonicalIdentity(parts)
  if (named !== null || verified?.subject === undefined) return named
  return subjectIdentity(`${verified.platform}/${verified.realm ?? ''}`, verified.subject)
}
