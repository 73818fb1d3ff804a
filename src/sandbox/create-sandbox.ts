import { randomBytes } from 'node:crypto'
import { type Clock, type Log, Problem, silentLog } from '#base'
import {
  type ApiVersion,
  type Platform,
  type Refusal,
  refusal,
  type SandboxCase,
  type Upstream,
  type UpstreamRequest,
  type UpstreamResponse,
} from '#contract'
import { type Answering, plainHabits, prepareAnswering } from './answering.js'
import { readCall } from './call.js'
import { createPeople, nobody } from './personas/people.js'

export interface SandboxOptions {
  readonly clock: Clock
  readonly log?: Log
  /** Whose personas answer; none: no API has people. */
  readonly platforms?: readonly Pick<Platform, 'id' | 'personas' | 'cases'>[]
  /** Cases kept outside the folders that answer this application: its own first, then those that all share. */
  readonly stored?: (api: ApiVersion, applicationId: string) => readonly SandboxCase[]
  /** 32 bytes that seal the tokens which stand for a person; nodes that share it accept each other's. */
  readonly tokenKey?: Uint8Array
}

export interface Sandbox extends Upstream {
  /** Reads the data of an API version and builds its indexes, in short slices: its first calls then answer as later ones do. Never rejects. */
  warm(api: ApiVersion): Promise<void>
}

/**
 * An upstream that answers from what an API version declares: an example when `Prefer` asks for one, else the case that
 * agrees, else the simulation, else the contract's example. Relative durations in data count from the moment it is made.
 */
export function createSandbox({ clock, log = silentLog, ...options }: SandboxOptions): Sandbox {
  const anchor = clock()
  const { platforms = [], tokenKey = randomBytes(32), stored = () => noCases } = options
  const people = new Map(
    platforms.map(({ id, personas }) => [id, createPeople({ platform: id, personas, clock, tokenKey })]),
  )
  const habits = new Map(platforms.map(({ id, cases = plainHabits }) => [id, cases]))
  const prepared = new WeakMap<ApiVersion, Promise<Answering>>()
  const answering = (api: ApiVersion): Promise<Answering> => {
    const known =
      prepared.get(api) ??
      prepareAnswering(api, {
        clock,
        anchor,
        stored,
        people: people.get(api.platform) ?? nobody,
        habits: habits.get(api.platform) ?? plainHabits,
      })
    prepared.set(api, known)
    return known
  }
  const tellFault = (api: ApiVersion, error: unknown) =>
    log.error('sandbox/fault', { api: api.id, reason: error instanceof Problem ? error.text.en : String(error) })
  return {
    async handle(request) {
      try {
        return await answerCall(await answering(request.api), request)
      } catch (error) {
        tellFault(request.api, error)
        return refusal('sandbox/no-answer')
      }
    },
    async warm(api) {
      try {
        await (await answering(api)).warm()
      } catch (error) {
        tellFault(api, error)
      }
    },
  }
}

/** One and the same list, so that its matcher is made once. */
const noCases: readonly SandboxCase[] = []

async function answerCall({ answer }: Answering, request: UpstreamRequest): Promise<UpstreamResponse | Refusal> {
  const found = await answer(readCall(request))
  return request.method === 'HEAD' && 'headers' in found ? { ...found, body: null } : found
}
