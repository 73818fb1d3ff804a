import {
  type ApiVersion,
  apiProjection,
  dialectOf,
  type Json,
  type JsonObject,
  type OperationProjection,
  type Platform,
  refusal,
} from '#contract'
import { answersOf } from './answers-of.js'
import { exampleChoice } from './example-call.js'

/** What a call answers to a token that holds certain scopes. */
export interface AnswerSample {
  /** Ids of the operations that answer so. */
  readonly operations: readonly string[]
  readonly status: number
  /** Undefined: no body, or none that can be shown. */
  readonly body: Json | undefined
}

/** One answer for each schema that scopes shape, let through the projector of the gateway: the example call's where a case answers it, else the contract's example. */
export function answerSamples(
  api: ApiVersion,
  platform: Platform,
  scopes: ReadonlySet<string>,
): readonly AnswerSample[] {
  return answersOf(api).flatMap(({ operations, status, mediaType, example }): AnswerSample[] => {
    const choice = exampleChoice({ operations, cases: api.cases ?? [] })
    const operation = choice?.operation ?? operations[0]
    const projection = operation === undefined ? null : projectionsOf(api)(operation)
    const project = projection?.answer(status, mediaType)
    const body = choice?.one?.payload ?? example
    if (projection === null || typeof project !== 'function' || body === undefined) return []
    const names = operations.map(({ id }) => id)
    if (api.shapingScopes === true && ![...projection.scopes].some((scope) => scopes.has(scope)))
      return [{ operations: names, ...refused(api, platform, projection) }]
    const seen = project(body, scopes)
    return 'misfit' in seen ? [] : [{ operations: names, status, body: seen.body }]
  })
}

const projections = new WeakMap<JsonObject, ReturnType<typeof apiProjection>>()

function projectionsOf({ document }: ApiVersion) {
  const found = projections.get(document) ?? apiProjection({ document })
  projections.set(document, found)
  return found
}

/** In the platform's own words: it holds none of the scopes that shape the answer. */
function refused(api: ApiVersion, { dialect }: Platform, { scopes }: OperationProjection) {
  const { status, body } = dialectOf(dialect).refuse(refusal('access/scope', { scope: [...scopes].join(' ') }), {
    requestId: '',
    language: 'fr',
    api,
    quota: null,
    problemsUrl: '',
  })
  return { status, body: body === null ? undefined : (JSON.parse(Buffer.from(body).toString('utf8')) as Json) }
}
