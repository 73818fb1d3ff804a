import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  type ApiVersion,
  compileMapping,
  type Dialect,
  type Json,
  type JsonObject,
  monthBefore,
  parameterName,
} from '#contract'
import { listen } from '../listen.js'
import { type Behaviour, behaviourOf } from './double-behaviour.js'
import type { KnownPerson } from './people-known.js'

export interface ProviderDouble {
  readonly url: string
  readonly tokenUrl: string
  addressOf(api: ApiVersion): string
  /** Cases that no provider could bring about, each with its reason. */
  readonly unplayed: readonly { readonly api: string; readonly title: string; readonly reason: string }[]
  stop(): Promise<void>
}

export interface DoubleOptions {
  readonly apis: readonly ApiVersion[]
  readonly dialect: Dialect
  /** Whom it knows by what a sign-in says of them; absent: nobody. */
  readonly people?: readonly KnownPerson[]
  /** Changes what it says, to prove that the comparison can fail. */
  readonly distort?: (body: Json) => Json
}

/**
 * A double of the providers of adapted APIs: a real server, fed from the sandbox's cases turned round through the adapters. It knows a call by the
 * request that the adapter makes of the case's parameters.
 */
export async function startDouble({
  apis,
  dialect,
  people = [],
  distort = (body) => body,
}: DoubleOptions): Promise<ProviderDouble> {
  const unplayed: { api: string; title: string; reason: string }[] = []
  const peopleOf = (api: ApiVersion) => people.filter((one) => one.api.id === api.id)
  const shelves = new Map(apis.map((api) => [prefixOf(api), shelve(api, { dialect, unplayed, people: peopleOf(api) })]))
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })
  const port = await listen(server, { host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    tokenUrl: `${url}/token`,
    addressOf: (api) => url + prefixOf(api),
    unplayed,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    if (request.url === '/token') {
      say(response, {
        status: 200,
        headers: {},
        body: { access_token: 'double', token_type: 'Bearer', expires_in: 3600 },
      })
      return
    }
    const [, code = '', version = '', ...rest] = (request.url ?? '/').split('/')
    const shelf = shelves.get(`/${code}/${version}`)
    const key = keyOfSent(request, `/${rest.join('/')}`, body)
    // Null is known, and means silence.
    const found = shelf?.known.has(key) === true ? shelf.known.get(key) : shelf?.other
    if (found === undefined) response.writeHead(404).end()
    // Silence: the gateway's patience ends first.
    else if (found !== null)
      say(response, { ...found, body: found.body === undefined ? undefined : distort(found.body) })
  }
}

const prefixOf = ({ code, version }: ApiVersion): string => `/${code}/${version}`

function say(response: ServerResponse, { status, headers, body }: NonNullable<Behaviour>): void {
  response.writeHead(status, { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

interface Shelf {
  readonly known: ReadonlyMap<string, Behaviour>
  /** What it says of people whom no case knows. */
  readonly other: Behaviour | undefined
}

type Unplayed = { api: string; title: string; reason: string }[]

interface Shelving {
  readonly dialect: Dialect
  readonly unplayed: Unplayed
  readonly people: readonly KnownPerson[]
}

function shelve(api: ApiVersion, { dialect, unplayed, people }: Shelving): Shelf {
  const known = new Map<string, Behaviour>()
  let other: Behaviour | undefined
  for (const written of api.cases ?? []) {
    const behaviour = attempt(() => behaviourOf(written, api, dialect))
    if (behaviour === undefined || (behaviour !== null && 'reason' in behaviour)) {
      const reason = behaviour === undefined ? 'no answer of a provider means this' : behaviour.reason
      unplayed.push({ api: api.id, title: written.title, reason })
    } else if (Object.keys(written.params).length === 0) other ??= behaviour
    else known.set(keyOfCase(api, written.operation, { parameters: sent(written.params), person: {} }), behaviour)
  }
  for (const { claims, written } of people) {
    const behaviour = behaviourOf(written, api, dialect)
    const key = keyOfCase(api, written.operation, { parameters: {}, person: claims })
    // Who is a case too is known already, and with more.
    if (behaviour !== undefined && !known.has(key)) known.set(key, behaviour)
  }
  return { known, other }
}

function attempt(work: () => Behaviour | undefined): Behaviour | undefined | { readonly reason: string } {
  try {
    return work()
  } catch (error) {
    return { reason: `it cannot be turned round: ${error instanceof Error ? error.message : 'fault'}` }
  }
}

/** The request that the adapter makes of a case. */
function keyOfCase(api: ApiVersion, operation: string, told: { parameters: JsonObject; person: JsonObject }): string {
  const request = api.adapter?.operations[operation]?.request
  if (request === undefined) return ''
  const made = compileMapping(request.pairs).forward({
    ...told,
    body: null,
    call: { past_month: monthBefore(Date.now()) },
  })
  const parts = made as { path?: Record<string, string>; query?: JsonObject; body?: JsonObject }
  const path = request.path.replace(/\{(\w+)\}/g, (_, name: string) => parts.path?.[name] ?? '')
  return keyOf({ method: request.method, path, query: parts.query ?? {}, body: parts.body ?? {} })
}

/** Texts, as an address has them. */
const sent = (params: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      parameterName(name),
      Array.isArray(value) ? (value as Json[]).map(String) : String(value),
    ]),
  )

function keyOfSent({ method = '', headers }: IncomingMessage, target: string, text: string): string {
  const { pathname, searchParams } = new URL(target, 'http://double.invalid')
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  const body: JsonObject = text === '' ? {} : form ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text)
  return keyOf({ method, path: decodeURIComponent(pathname), query: Object.fromEntries(searchParams), body })
}

function keyOf({
  method,
  path,
  query,
  body,
}: {
  method: string
  path: string
  query: JsonObject
  body: JsonObject
}): string {
  return `${method} ${path} ${canonical(query)} ${canonical(body)}`
}

/** Names sorted, values as texts: one and the same for a form, an address and a case. */
function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${(value as Json[]).map(canonical).join()}]`
  const entries = Object.entries(value as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, inner]) => `${name}:${canonical(inner)}`).join()}}`
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
