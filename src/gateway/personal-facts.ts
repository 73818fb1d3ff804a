import {
  canonicalIdentity,
  givenQuery,
  givenTexts,
  isSiret,
  type MarkedParameters,
  markedParameters,
  readQuery,
  subjectIdentity,
} from '#contract'
import type { Exchange, PersonalFacts } from './exchange.js'
import { owesEvidence } from './owes-evidence.js'
import type { HashPerson } from './ports.js'
import { parametersOf } from './route/operations.js'

/** Whom a call is about, as a keyed hash, and for which body: for evidence alone, and no value of the person in it. */
export function personalFacts(exchange: Exchange, hashPerson: HashPerson): PersonalFacts {
  const { operation, target, verified } = exchange
  if (!owesEvidence(exchange) || operation === null || target === null) return nobody
  const marked = markedParameters(operation)
  const query = givenQuery(readQuery(target.raw))
  const identity = identityOf(exchange, marked, query)
  return {
    person: identity === null ? null : hashPerson(identity),
    recipient: recipientOf(marked, query, verified?.recipient ?? null),
  }
}

const nobody: PersonalFacts = { person: null, recipient: null }

/** The token's body stands in where the contract lets callers leave theirs out. What is no SIRET is not kept. */
function recipientOf({ recipient }: MarkedParameters, query: ReturnType<typeof readQuery>, own: string | null) {
  const said = recipient === null ? null : (query.get(recipient.name)?.[0] ?? null)
  if (said !== null) return isSiret(said) ? said : null
  return recipient?.required === true ? null : own
}

/** The person whom the parameters name, else the one in whose name the token was issued. */
function identityOf(
  { operation, target, route, verified }: Exchange,
  { identity }: MarkedParameters,
  query: ReturnType<typeof readQuery>,
): string | null {
  const parts = new Map<string, readonly string[]>()
  const inPath =
    operation === null || target === null ? {} : parametersOf(operation, target.segments, route?.depth ?? 0)
  for (const { parameter, mark } of identity) {
    const { name, in: place } = parameter
    parts.set(mark, givenTexts(place === 'path' ? [inPath[name]] : (query.get(name) ?? []), parameter))
  }
  const named = canonicalIdentity(parts)
  if (named !== null || verified?.subject === undefined) return named
  return subjectIdentity(`${verified.platform}/${verified.realm ?? ''}`, verified.subject)
}
