import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { createLog, movableClock, Problem } from '#base'
import { environments, type Platform } from '#contract'
import { createControl, type DemoApplication, listenOnSocket } from '#control'
import { openLogTarget } from '#metering'
import { createPortal } from '#portal'
import { controlAddress } from './control-address.js'
import { demoApplications } from './demo-applications.js'
import { demoTokens } from './demo-tokens.js'
import { type DevApplication, type DevFile, type DevToken, writeDevFile } from './dev-file.js'
import { devRoutes } from './dev-routes.js'
import { createDispatch, type Dispatch } from './dispatch.js'
import { drainOf } from './drain.js'
import { freePort } from './free-port.js'
import { openFrontDoor } from './front-door.js'
import { createOperations } from './operations.js'
import { ownTour } from './own-tour.js'
import { portalNeeds } from './portal-needs.js'
import { printReady } from './ready-block.js'
import { sandboxAccess } from './sandbox-access.js'
import { openServingRooms, type ServingRooms } from './serving-rooms.js'
import type { Settings } from './settings.js'
import type { Running } from './stop-on-signal.js'
import type { Terminal } from './terminal.js'
import { tourCommands } from './tour-commands.js'

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** `portique dev`: everything on one loopback port, with demo applications, a test clock and a file for scripts. */
export async function runDev(settings: Settings, terminal: Terminal): Promise<Running> {
  const host = loopbackHost(settings.PORTIQUE_HOST)
  const folder = resolve(settings.PORTIQUE_DATA)
  const clock = movableClock()
  const log = createLog({
    clock: clock.now,
    level: quieter(settings.PORTIQUE_LOG_LEVEL),
    write: (line) => process.stderr.write(line),
  })
  const target = settings.PORTIQUE_ACCESS_LOG === undefined ? null : await openLogTarget(settings.PORTIQUE_ACCESS_LOG)
  const port = settings.PORT === 0 ? await freePort(host) : settings.PORT
  const url = `http://localhost:${port}`
  const rooms = await openServingRooms(settings, {
    clock: clock.now,
    log,
    authorizationUrl: url,
    gatewayUrl: url,
    portalUrl: url,
    personaPlaces: 'everywhere',
    eventNetworks: ['127.0.0.0/8', '::1/128'],
    node: 'dev',
    accessLog: target,
  })
  const controlToken = randomBytes(32).toString('base64url')
  let demo = await demoAccess(rooms)
  const control = createControl({
    ...rooms,
    addresses: { authorization: url, gateway: url },
    async demoApplications() {
      demo = await demoAccess(rooms)
      writeDevFile(folder, devFileOf(rooms, { url, ...demo, controlToken }))
      return demo.applications.filter(({ type }) => type === 'private').map(forControl)
    },
  })
  let ready = true
  const operations = createOperations({
    store: rooms.store,
    renderMetrics: rooms.metering.renderMetrics,
    metricsToken: null,
    identityKeys: rooms.identityKeys,
    isReady: () => ready,
  })
  const portal = createPortal({
    ...portalNeeds(rooms, { settings, addresses: { authorization: url, gateway: url }, clock: clock.now }),
    sandboxAccess: (platform) => sandboxAccess(platform, demo),
  })
  const dispatch: Dispatch = createDispatch({
    rooms,
    operations,
    portal,
    control: guarded(control, controlToken),
    dev: devRoutes(clock),
    log,
  })
  const declared = ownHosts(rooms.platforms, port)
  const door = await openFrontDoor({
    settings: { ...settings, PORT: port },
    rooms,
    dispatch,
    host,
    log,
    problemsUrl: `${url}/problems/`,
    knowsHost: (name) => declared.has(name) || declared.has(name.replace(/:\d+$/, '')),
  })
  const closeSocket = drainOf(await listenOnSocket(controlAddress(folder), getRequestListener(control.fetch)))
  const devFile = writeDevFile(folder, devFileOf(rooms, { url, ...demo, controlToken }))
  printReady(terminal, {
    ...readyOf(rooms, { url, ...demo, ownFolder: settings.PORTIQUE_PLATFORMS !== undefined }),
    devFile,
    tlsUrl: door.tlsPort === null ? null : `https://localhost:${door.tlsPort}`,
  })
  return {
    store: rooms.store,
    async stop() {
      ready = false
      const answered = Promise.all([door.close(), closeSocket()])
      await rooms.close(answered)
      await target?.close()
    },
  }
}

/** Credentials that may call everything there is by now. */
async function demoAccess({ access, platforms }: ServingRooms): Promise<Demo> {
  const applications = await demoApplications(access, platforms)
  return { applications, tokens: await demoTokens(access, platforms, applications) }
}

interface Demo {
  readonly applications: readonly DevApplication[]
  readonly tokens: readonly DevToken[]
}

interface Offer extends Demo {
  readonly url: string
}

const forControl = ({ platform, environment, name, client_id, client_secret }: DevApplication): DemoApplication => ({
  ...{ platform, environment, name },
  ...{ clientId: client_id, clientSecret: client_secret },
})

/** The credentials of the first tour that asks for some, then every tour: those that begin with credentials first; then a call of each platform of one's own. */
function readyOf(
  rooms: ServingRooms,
  { url, applications, tokens, ownFolder }: Offer & { readonly ownFolder: boolean },
) {
  const touring = rooms.platforms
    .filter(({ tour = [] }) => tour.length > 0)
    .toSorted((a, b) => Number(asksForCredentials(b)) - Number(asksForCredentials(a)))
  const [first = rooms.platforms[0]] = touring
  const tours = touring.flatMap((platform) => {
    const application = demoOf(applications, platform.id)
    return application === undefined ? [] : tourCommands(platform, { application, tokens, url })
  })
  const own = ownFolder ? rooms.platforms.filter(({ tour = [] }) => tour.length === 0) : []
  return {
    url,
    milliseconds: Math.round(performance.now()),
    store: rooms.store.kind === 'sqlite' ? 'embedded' : 'PostgreSQL',
    platforms: rooms.platforms,
    application: (first && demoOf(applications, first.id)) ?? null,
    tour: [
      ...tours,
      ...own.flatMap((platform) => ownTour(platform, url, sandboxAccess(platform.id, { applications, tokens }))),
    ],
  }
}

const asksForCredentials = ({ tour = [] }: Platform) => tour.some(({ kind }) => kind === 'token')

function devFileOf(
  rooms: ServingRooms,
  { url, applications, tokens, controlToken }: Offer & { readonly controlToken: string },
): DevFile {
  return {
    url,
    addresses: rooms.platforms.flatMap(({ id }) =>
      environments.map((environment) => ({ platform: id, environment, authorization: url, api: url })),
    ),
    applications,
    tokens,
    personas: rooms.platforms.flatMap(({ personas }) => personas.map(({ realm, sub, name }) => ({ realm, sub, name }))),
    control_token: controlToken,
  }
}

const demoOf = (applications: readonly DevApplication[], platform: string): DevApplication | undefined =>
  applications.find((each) => each.platform === platform && each.environment === 'production')

/** The ready block is what people read in `dev`: the log begins at warnings unless more is asked for. */
const quieter = (level: Settings['PORTIQUE_LOG_LEVEL']): Settings['PORTIQUE_LOG_LEVEL'] =>
  level === 'info' ? 'warn' : level

/** This machine's names, and the hosts that platforms declare for their authorization servers: mapped to this machine, they mean this process. */
const ownHosts = (platforms: readonly Platform[], port: number): ReadonlySet<string> =>
  new Set([
    ...loopback,
    ...[...loopback].map((name) => `${name}:${port}`),
    ...platforms.flatMap(({ hosts, realms }) => [
      ...Object.values(hosts).flatMap(({ authorization }) => authorization),
      ...realms.flatMap((realm) => realm.hosts ?? []),
    ]),
  ])

/** No page can call it: every request must bear the token of `dev.json`, which no browser sends of itself. */
function guarded(control: Hono, token: string): Hono {
  const guard = new Hono()
  guard.use('/control/*', bearerAuth({ token }))
  guard.use('/control', bearerAuth({ token }))
  return guard.route('/', control)
}

function loopbackHost(host = '127.0.0.1'): string {
  if (host === '::1' || loopback.has(host)) return host
  throw new Problem({
    code: 'dev/not-loopback',
    status: 500,
    text: {
      fr: `PORTIQUE_HOST=${host} refusé : « dev » n’écoute que sur cette machine ; utilisez « portique serve ».`,
      en: `PORTIQUE_HOST=${host} refused: \`dev\` listens on this machine alone; use \`portique serve\`.`,
    },
  })
}
