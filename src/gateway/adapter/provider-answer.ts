import type { Clock } from '#base'
import {
  type AnswerCheck,
  type ErrorRule,
  holds,
  Inconvertible,
  type Json,
  type Mapping,
  type NamedProvider,
  outcomeRefusals,
  type ProviderOutcome,
  type Refusal,
  refusal,
  type SuccessRule,
  Unmappable,
  usualOutcome,
} from '#contract'
import { headerValue } from '../answer/projected-headers.js'

/** The whole answer of a provider. */
export interface ProviderAnswer {
  readonly status: number
  readonly headers: readonly string[]
  readonly bytes: Buffer
}

/** How an operation's answers are read. */
export interface AnswerReading {
  /** The operation's own first. */
  readonly errors: readonly ErrorRule[]
  readonly success: SuccessRule
  readonly mapping: Mapping
  readonly check: AnswerCheck
}

/** The body of the contract, or what the answer means; `reason` is for the operator and holds no value. */
export type ReadAnswer = { readonly body: Json } | { readonly refused: Refusal; readonly reason: string }

export function readAnswer(answer: ProviderAnswer, reading: AnswerReading, clock: Clock): ReadAnswer {
  try {
    return meaningOf(answer, reading, clock)
  } catch (error) {
    // A pattern that takes a value too long is a fault of the answer too.
    if (error instanceof Unmappable || error instanceof Inconvertible || error instanceof RangeError)
      return unknown(error.message)
    throw error
  }
}

function meaningOf(
  answer: ProviderAnswer,
  { errors, success, mapping, check }: AnswerReading,
  clock: Clock,
): ReadAnswer {
  const body = jsonOf(answer.bytes)
  const rule = errors.find(
    ({ statuses, when }) =>
      fits(statuses, answer.status) && (when === null || (body !== undefined && holds(when, body))),
  )
  const wait = waitOf(answer.headers, clock())
  if (rule !== undefined) return told(rule.is, answer.status, { wait, provider: rule.provider ?? true })
  if (!success.statuses.includes(String(answer.status)))
    return told(usualOutcome(answer.status, wait !== null), answer.status, { wait, provider: true })
  if (body === undefined) return unknown('a body that is no JSON')
  if (success.when !== null && !holds(success.when, body))
    return unknown(`no success by what stands at ${success.when.at}`)
  const mapped = mapping.forward(body)
  const breach = check(mapped)
  return breach === null ? { body: mapped } : unknown(`against the contract: ${breach}`)
}

interface Saying {
  /** Seconds that the provider asks for. */
  readonly wait: number | null
  /** True: the one of the contract. */
  readonly provider: NamedProvider | true
}

function told(outcome: ProviderOutcome, status: number, { wait, provider }: Saying): ReadAnswer {
  const detail = wait === null ? { provider } : { provider, retryAfterSeconds: wait }
  return { refused: refusal(outcomeRefusals[outcome], detail), reason: `${outcome} (${status})` }
}

const unknown = (reason: string): ReadAnswer => ({ refused: refusal('upstream/unknown', { provider: true }), reason })

const fits = (statuses: readonly string[], status: number): boolean =>
  statuses.some((one) => one === String(status) || (one.endsWith('XX') && one[0] === String(status)[0]))

function jsonOf(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json
  } catch {
    return undefined
  }
}

/** `Retry-After` in seconds, be it a number or a date (RFC 9110 section 10.2.3); at most a day. */
function waitOf(headers: readonly string[], now: number): number | null {
  const value = headerValue(headers, 'retry-after')?.trim() ?? ''
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000)
  return Number.isNaN(seconds) || !/^(\d|[A-Z])/.test(value) ? null : Math.min(86_400, Math.max(1, seconds))
}
