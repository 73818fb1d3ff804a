import { isDeepStrictEqual } from 'node:util'
import {
  type AdaptedOperation,
  type Adapter,
  type ApiVersion,
  compileMapping,
  type Dialect,
  type ErrorRule,
  type Json,
  marked,
  outcomeRefusals,
  type Refusal,
  refusal,
  type SandboxCase,
  usualOutcome,
} from '#contract'

/** What the double does with a request; null: nothing, however long one waits. */
export type Behaviour = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json | undefined
} | null

/** What counts of a case. */
export type Written = Pick<SandboxCase, 'operation' | 'status' | 'payload' | 'headers'>

interface Candidate {
  readonly behaviour: Behaviour
  readonly refused: Refusal
}

/**
 * What a provider does when the gateway answers as the sandbox's case does; undefined: nothing that the adapter knows. Data are turned round
 * through the adapter's own pairs; for an error each rule of the adapter and each usual meaning is tried until the answer is the same.
 */
export function behaviourOf(written: Written, api: ApiVersion, dialect: Dialect): Behaviour | undefined {
  const operation = api.adapter?.operations[written.operation]
  if (operation === undefined || api.adapter === undefined || api.adapter === null) return undefined
  if (written.status === operation.answer.status && written.payload !== undefined) {
    const { statuses, when } = api.adapter.success
    const body = marked(compileMapping(operation.answer.pairs).back(written.payload), when)
    return { status: Number(statuses[0] ?? 200), headers: {}, body }
  }
  const candidates = [...ruled(operation, api.adapter), ...usual(retryAfterOf(written))]
  return candidates.find(({ refused }) => answersAs(written, refused, { api, dialect }))?.behaviour
}

const ruled = ({ errors }: AdaptedOperation, { errors: shared }: Adapter): readonly Candidate[] =>
  [...errors, ...shared].map((rule) => ({
    behaviour: { status: statusOf(rule), headers: {}, body: bodyOf(rule) },
    refused: refusal(outcomeRefusals[rule.is], { provider: rule.provider ?? true }),
  }))

const statusOf = ({ statuses }: ErrorRule): number => Number((statuses[0] ?? '500').replace('XX', '00'))

/** The least body that the rule takes for its own. */
const bodyOf = ({ when }: ErrorRule): Json | undefined => (when === null ? undefined : marked({}, when))

function usual(retryAfter: string | null): readonly Candidate[] {
  const silent: Candidate = { behaviour: null, refused: refusal('upstream/late') }
  const answered = [404, 500, 502, 503, 401, 409, 418].map((status): Candidate => {
    const waits = status === 503 && retryAfter !== null
    const detail = waits ? { provider: true, retryAfterSeconds: Number(retryAfter) } : { provider: true }
    return {
      behaviour: { status, headers: waits ? { 'Retry-After': retryAfter } : {}, body: undefined },
      refused: refusal(outcomeRefusals[usualOutcome(status, waits)], detail),
    }
  })
  return [silent, ...answered]
}

function retryAfterOf({ headers }: Written): string | null {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')
  return found?.[1] ?? null
}

function answersAs(
  written: Written,
  refused: Refusal,
  { api, dialect }: { api: ApiVersion; dialect: Dialect },
): boolean {
  const answer = dialect.refuse(refused, { requestId: '', language: 'fr', api, quota: null, problemsUrl: '' })
  if (answer.status !== written.status || answer.body === null) return false
  return isDeepStrictEqual(JSON.parse(Buffer.from(answer.body).toString('utf8')), written.payload)
}
