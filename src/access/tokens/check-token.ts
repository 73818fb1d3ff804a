import { isIP } from 'node:net'
import { type ApiVersion, type Environment, isSiret } from '#contract'
import { nearestNames } from '../nearest-names.js'
import { accessProblem } from '../problems.js'
import type { NewToken } from './api-tokens.js'

/** What a token may be made of: each value in the form in which it is kept. */
export interface CheckedToken {
  readonly title: string
  readonly scopes: readonly string[]
  readonly rights: readonly string[]
  readonly habilitationId: string | null
  readonly recipient: string | null
  readonly networks: readonly string[]
  readonly callsPerMinute: number | null
}

interface Ground {
  readonly apis: readonly ApiVersion[]
  readonly environment: Environment
}

/** Refuses what must not be kept. The sandbox asks for nothing; production wants to know what for and which scopes. */
export function checkToken(request: NewToken, { apis, environment }: Ground): CheckedToken {
  const known = scopesOf(apis, environment)
  const sandbox = environment === 'sandbox'
  const knownRights = rightsOf(apis)
  const {
    title = sandbox ? 'Bac à sable' : '',
    scopes = sandbox ? [...known] : [],
    rights = sandbox ? [...knownRights] : [],
  } = request
  if (scopes.length === 0 && known.size > 0) throw accessProblem('access/token-without-scopes')
  if (scopes.length > listMax) throw accessProblem('access/token-too-long')
  return {
    title: checkTitle(title),
    scopes: [...new Set(scopes.map((scope) => checkScope(scope, known)))],
    rights: checkRights(rights, knownRights),
    habilitationId: checkHabilitation(request.habilitationId ?? null),
    recipient: checkRecipient(request.recipient ?? null),
    networks: checkNetworks(request.networks ?? []),
    callsPerMinute: checkRate(request.callsPerMinute ?? null),
  }
}

const listMax = 200
/** C0 and C1 controls, DEL, and the signs that turn text around. */
const unreadable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** Every scope that a call of one of these APIs may need or use. */
export function scopesOf(apis: readonly ApiVersion[], environment: Environment): ReadonlySet<string> {
  return new Set(apis.flatMap((api) => [...api.scopes[environment], ...(api.dataScopes ?? [])]))
}

function checkTitle(title: string): string {
  const kept = title.trim().normalize('NFC')
  if (!kept.isWellFormed() || unreadable.test(title) || kept.length === 0 || [...kept].length > 200)
    throw accessProblem('access/bad-token-title')
  return kept
}

function checkScope(scope: string, known: ReadonlySet<string>): string {
  if (known.has(scope)) return scope
  throw accessProblem('access/unknown-scope', didYouMean(scope, known))
}

function didYouMean(name: string, known: ReadonlySet<string>) {
  const near = nearestNames(name.slice(0, 200), known).join(', ')
  return near === '' ? undefined : { fr: `Vouliez-vous dire : ${near} ?`, en: `Did you mean: ${near}?` }
}

/** Every right that a call of one of these APIs may need beside scopes. */
export function rightsOf(apis: readonly ApiVersion[]): ReadonlySet<string> {
  const definitions = apis.flatMap(({ operations }) => operations.map(({ definition }) => definition))
  const named = definitions.flatMap((one) => [one['x-right'], ...(one.parameters ?? []).map((each) => each['x-right'])])
  return new Set(named.filter((right) => right !== undefined))
}

function checkRights(rights: readonly string[], known: ReadonlySet<string>): readonly string[] {
  if (rights.length > listMax || !rights.every((right) => /^[a-z][a-z0-9-]{0,59}$/.test(right)))
    throw accessProblem('access/bad-right')
  for (const right of rights)
    if (!known.has(right)) throw accessProblem('access/unknown-right', didYouMean(right, known))
  return [...new Set(rights)]
}

function checkHabilitation(id: string | null): string | null {
  if (id !== null && !/^[\w.:-]{1,100}$/.test(id)) throw accessProblem('access/bad-habilitation')
  return id
}

function checkRecipient(siret: string | null): string | null {
  if (siret !== null && !isSiret(siret)) throw accessProblem('access/bad-recipient')
  return siret
}

export function checkNetworks(networks: readonly string[]): readonly string[] {
  if (networks.length > listMax || !networks.every(isNetwork)) throw accessProblem('access/bad-network')
  return [...new Set(networks)]
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || address.includes('%') || rest.length > 0) return false
  return bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
}

export function checkRate(calls: number | null): number | null {
  if (calls !== null && !(Number.isSafeInteger(calls) && calls >= 1 && calls <= 1_000_000_000))
    throw accessProblem('access/bad-rate')
  return calls
}
