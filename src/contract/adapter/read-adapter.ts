import type { Operation } from '../api.js'
import type { Mistake } from '../mistake.js'
import { checkShape } from '../reading/shape-mistakes.js'
import type { Source } from '../reading/source.js'
import type { Adapter, ErrorRule, Pair, ProviderCredentials, SuccessRule, ValueTest } from './adapter.js'
import { adapterMistakes } from './adapter-mistakes.js'
import { type AdapterSettings, adapterShape, type PairSettings, type TestSettings } from './adapter-shape.js'
import { conversionsOf } from './conversion-mistakes.js'

/** An adapter from its file, held against the operations of the contract; null: none, or one with mistakes. */
export function readAdapter(
  source: Source | null,
  operations: readonly Operation[],
): { readonly adapter: Adapter | null; readonly mistakes: readonly Mistake[] } {
  if (source === null) return { adapter: null, mistakes: [] }
  if (source.value === undefined) return { adapter: null, mistakes: source.mistakes }
  const { value, mistakes } = checkShape(adapterShape, source)
  const deeper = value === null || operations.length === 0 ? [] : adapterMistakes(value, { source, operations })
  const all = [...source.mistakes, ...mistakes, ...deeper]
  return { adapter: value === null || all.length > 0 ? null : adapterOf(value), mistakes: all }
}

const adapterOf = ({ credentials, success, errors, operations }: AdapterSettings): Adapter => ({
  credentials: credentialsOf(credentials),
  success: answersOf(success),
  errors: errors.map(ruleOf),
  operations: Object.fromEntries(
    Object.entries(operations).map(([id, { request, answer, errors: own }]) => [
      id,
      {
        request: {
          method: request.method,
          path: request.path,
          body: request.body,
          pairs: request.pairs.map(pairOf),
        },
        answer: { status: answer.status, pairs: answer.pairs.map(pairOf) },
        errors: own.map(ruleOf),
      },
    ]),
  ),
})

function credentialsOf(given: AdapterSettings['credentials']): ProviderCredentials | null {
  if (given?.kind !== 'oauth') return given
  const { kind, token_url: tokenUrl, client_id: clientId, client_secret: clientSecret, scope, authentication } = given
  return { kind, tokenUrl, clientId, clientSecret, scope, authentication }
}

export function pairOf({ from, value, to, convert, required, each, map, where }: PairSettings): Pair {
  return {
    from: from === undefined ? [] : typeof from === 'string' ? [from] : from,
    list: Array.isArray(from),
    value,
    to,
    convert: conversionsOf(convert).map(({ name, argument }) => ({ name, argument })),
    required: required ?? false,
    each: each?.map(pairOf) ?? null,
    map: map?.map(pairOf) ?? null,
    where: where === undefined ? null : testOf(where),
  }
}

const testOf = ({ at, equals, in: among, before }: TestSettings): ValueTest => ({
  at,
  among: before === undefined ? (among ?? [equals ?? null]) : [],
  before: before ?? null,
})

const ruleOf = ({ is, provider, ...answers }: AdapterSettings['errors'][number]): ErrorRule => ({
  ...answersOf(answers),
  is,
  provider: provider ?? null,
})

type AnswerSettings = Omit<AdapterSettings['errors'][number], 'is' | 'provider'>

const answersOf = ({ status, at, ...test }: AnswerSettings): SuccessRule => ({
  statuses: (Array.isArray(status) ? status : [status]).map(String),
  when: at === undefined ? null : testOf({ at, ...test }),
})
