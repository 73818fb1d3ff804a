import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem, silentLog } from '#base'
import { dialectOf, formatMistakes, formatPath, type Json, loadPlatform, type Platform } from '#contract'
import { casesAt } from '#sandbox'
import { createDispatch } from '../dispatch.js'
import { freePort } from '../free-port.js'
import { openFrontDoor } from '../front-door.js'
import { createOperations } from '../operations.js'
import { openServingRooms, type ServingRooms } from '../serving-rooms.js'
import { readSettings } from '../settings.js'
import { copyAdapted, isAdapted, writeSecrets } from './adapted-copy.js'
import { askInTurn } from './ask-in-turn.js'
import { type Caller, makeCaller } from './callers.js'
import type { Side } from './parity-case.js'
import { peopleKnown } from './people-known.js'
import { type ProviderDouble, startDouble } from './provider-double.js'
import type { ParityReport } from './report.js'
import { suiteOf } from './suite.js'

export interface ParityOptions {
  /** Folder of the platform. */
  readonly folder: string
  /** Adapted versions that are compared, each `<code>/<version>`; absent: all. */
  readonly apis?: readonly string[]
  /** PostgreSQL to keep the suite's store in; it must be an empty one. Absent: the embedded store. */
  readonly databaseUrl?: string
  /** Changes what the provider's double says, to prove that the report can fail. */
  readonly distort?: (body: Json) => Json
}

/**
 * Puts one suite to the sandbox and to production of a platform: the real pipeline over HTTP, with a store of its own and, behind production, a
 * double of each provider. Everything it starts is ended and removed.
 */
export async function runParity({ folder, apis, databaseUrl, distort }: ParityOptions): Promise<ParityReport> {
  const shipped = chosen(await adaptedPlatform(folder), apis)
  const platform = atThisMoment({ ...shipped, apis: shipped.apis.filter(isAdapted) })
  const dialect = dialectOf(platform.dialect)
  const work = await mkdtemp(join(tmpdir(), 'portique-parity-'))
  const double = await startDouble({
    ...{ apis: platform.apis, dialect, people: await peopleKnown(platform) },
    ...(distort === undefined ? {} : { distort }),
  })
  try {
    await copyAdapted(shipped, {
      folder: join(work, 'platforms'),
      addressOf: double.addressOf,
      tokenUrl: double.tokenUrl,
    })
    await writeSecrets(platform.apis, join(work, 'secrets.json'))
    return await askAll(platform, { work, double, databaseUrl })
  } finally {
    await double.stop()
    await rm(work, { recursive: true, force: true })
  }
}

/** A platform that can be compared. */
async function adaptedPlatform(folder: string): Promise<Platform> {
  const { platform, mistakes } = await loadPlatform(folder)
  if (platform === null || mistakes.length > 0) throw refusal('mistakes', formatMistakes(mistakes))
  if (!platform.apis.some(isAdapted))
    throw refusal(
      'nothing',
      `no API of "${platform.id}" has an adapter.yaml: there is no provider to compare the sandbox with`,
    )
  if (platform.tokens == null)
    throw refusal(
      'tokens',
      `"${platform.id}" gives no long-lived tokens (\`tokens\` of platform.yaml), which the suite calls with`,
    )
  return platform
}

function chosen(platform: Platform, apis: readonly string[] | undefined): Platform {
  if (apis === undefined) return platform
  const nameOf = ({ code, version }: Platform['apis'][number]) => `${code}/${version}`
  const known = platform.apis.filter(isAdapted).map(nameOf)
  const unknown = apis.filter((name) => !known.includes(name)).map((name) => `"${name}"`)
  if (unknown.length > 0)
    throw refusal(
      'unknown',
      `no API ${unknown.join(', ')} of "${platform.id}" has an adapter; these have: ${known.join(', ')}`,
    )
  // The others are then left out as those are that have none.
  return {
    ...platform,
    apis: platform.apis.map((api) => (apis.includes(nameOf(api)) ? api : { ...api, adapter: null })),
  }
}

/** Cases may move with the calendar: the double and the suite take them as the sandbox does now. */
const atThisMoment = (platform: Platform): Platform => ({
  ...platform,
  apis: platform.apis.map((api) => ({ ...api, cases: casesAt(api.cases ?? [], Date.now()) })),
})

const refusal = (name: string, text: string) =>
  new Problem({ code: `parity/${name}`, status: 400, text: { fr: text, en: text } })

interface Ground {
  readonly work: string
  readonly double: ProviderDouble
  readonly databaseUrl: string | undefined
}

async function askAll(platform: Platform, { work, double, databaseUrl }: Ground): Promise<ParityReport> {
  const clock = steppedClock()
  // Issuers are made of the address before the listener stands.
  const port = await freePort('127.0.0.1')
  const origin = `http://127.0.0.1:${port}`
  const settings = readSettings({
    PORT: String(port),
    PORTIQUE_DATA: join(work, 'data'),
    PORTIQUE_PLATFORMS: join(work, 'platforms'),
    PORTIQUE_PROVIDER_SECRETS: join(work, 'secrets.json'),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  })
  await mkdir(settings.PORTIQUE_DATA, { recursive: true })
  const rooms = await openServingRooms(settings, {
    ...{ clock: clock.now, log: silentLog, node: 'parity', accessLog: null },
    ...{ authorizationUrl: origin, gatewayUrl: 'http://localhost', portalUrl: 'http://localhost' },
    personaPlaces: 'everywhere',
  })
  const door = await openDoor(rooms, settings)
  try {
    const served = rooms.platforms.find(({ id }) => id === platform.id) ?? platform
    const long = ((served.tokens?.days ?? 0) + 1) * dayMilliseconds
    const at = (moment: 'long ago' | 'now') => clock.back(moment === 'now' ? 0 : long)
    const needs = { access: rooms.access, platform: served, at, origin }
    const sandbox = await makeCaller(needs, 'sandbox')
    const production = await makeCaller(needs, 'production')
    const sides = [sideOf(served, sandbox, production), sideOf(served, production, sandbox)] as const
    const rows = await askInTurn(suiteOf(atThisMoment(served), double.unplayed), { origin, sides, tick: clock.tick })
    return { platform: platform.id, rows, unplayed: double.unplayed }
  } finally {
    await rooms.close(door.close())
  }
}

const dayMilliseconds = 86_400_000

/** A clock that stands still: quotas and waits are those of one moment on both sides. */
function steppedClock() {
  const start = Date.now()
  let steps = 0
  let back = 0
  return {
    now: () => start + steps - back,
    /** Into the next period of every quota. */
    tick: () => {
      steps += 2_000
    },
    back: (milliseconds: number) => {
      back = milliseconds
    },
  }
}

async function openDoor(rooms: ServingRooms, settings: ReturnType<typeof readSettings>) {
  const operations = createOperations({
    store: rooms.store,
    renderMetrics: rooms.metering.renderMetrics,
    metricsToken: null,
    identityKeys: rooms.identityKeys,
    isReady: () => true,
  })
  const { createPortal } = await import('#portal')
  const portal = createPortal({ snapshot: rooms.access.snapshot })
  const dispatch = createDispatch({ rooms, operations, portal, control: null, dev: null, log: silentLog })
  return openFrontDoor({
    ...{ settings, rooms, dispatch, host: '127.0.0.1', log: silentLog },
    problemsUrl: 'http://localhost/problems/',
    addresses: [],
    knowsHost: (name) => name.startsWith('127.0.0.1'),
  })
}

const sideOf = (platform: Platform, caller: Caller, other: Caller): Side => ({
  ...{ caller, other },
  pathOf: (api, path) => {
    const { environment } = caller
    const resource = path === '/' ? '' : path
    return `/${platform.id}/${environment}${formatPath(platform.path, api, { environment, resource })}`
  },
})
