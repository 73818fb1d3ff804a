import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { silentLog } from '#base'
import {
  type ApiVersion,
  type ApplicationAccess,
  dialectOf,
  loadPlatforms,
  type Platform,
  parseApi,
  subscriptionKey,
  type Verified,
} from '#contract'
import { createFront, createGateway, createIdentitySigner, createRequestIds, type GatewayOptions } from '#gateway'
import { projectFolder } from './paths.js'

export type LoneApi = {
  readonly code: string
  /** JSON Schema of its one answer. */
  readonly schema: object
  readonly parameters?: readonly object[]
  /** What its settings say besides. */
  readonly settings?: object
}

export type LoneGateway = {
  readonly port: number
  readonly upstream: string
  readonly apis: readonly LoneApi[]
  /** What the one caller holds. */
  readonly scopes: readonly string[]
  readonly more?: Partial<GatewayOptions>
  /** Answers for an address that is none of the gateway's. */
  readonly elsewhere?: () => string
}

/** A gateway alone in its process, with one caller whom it always believes: what differs between its APIs is what is measured. */
export async function serveLoneGateway({ port, upstream, scopes, more, elsewhere, ...rest }: LoneGateway) {
  const { platforms } = await loadPlatforms(join(projectFolder, 'platforms'))
  const platform = platforms.find(({ id }) => id === 'demo')
  if (platform === undefined) throw new Error('platforms/demo is not there')
  const apis = await Promise.all(rest.apis.map((api) => publish(platform, upstream, api)))
  const snapshot = {
    revision: 1,
    platforms: new Map([['demo', platform]]),
    apis,
    applications: new Map([['bench', subscriberOf(apis)]]),
  }
  const caller: Verified = {
    tokenId: 'bench',
    applicationId: 'bench',
    platform: 'demo',
    environment: 'production',
    scopes: new Set(scopes),
    expiresAt: Number.POSITIVE_INFINITY,
  }
  const gateway = createGateway({
    snapshot: () => snapshot,
    verify: () => caller,
    spend: () => ({ admitted: true, states: [] }),
    record: () => {},
    keepEvidence: async () => {},
    hashPerson: () => '',
    dialectOf,
    sandbox: { handle: () => Promise.reject(new Error('no sandbox here')) },
    issuer: 'http://localhost',
    signIdentity: createIdentitySigner(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    clock: Date.now,
    log: silentLog,
    ...more,
  })
  const front = createFront({
    dispatch(request, response) {
      if (!gateway.handle(request, response)) response.end(elsewhere?.())
    },
    serve: gateway.serve,
    continuesItself: () => true,
    knowsHost: () => true,
    dialect: dialectOf('standard'),
    requestIds: createRequestIds(),
    log: silentLog,
    settings: {},
  })
  front.server.listen(port, '127.0.0.1')
  await once(front.server, 'listening')
}

function subscriberOf(apis: readonly ApiVersion[]): ApplicationAccess {
  const subscriptions = apis.map(({ id }) => {
    const subscription = { apiId: id, environment: 'production', quotas: [], endsAt: null } as const
    return [subscriptionKey('production', id), subscription] as const
  })
  const who = { id: 'bench', name: 'bench', platform: 'demo', environment: 'production', state: 'active' } as const
  return { ...who, subscriptions: new Map(subscriptions) }
}

async function publish(on: Platform, upstream: string, { code, schema, parameters, settings }: LoneApi) {
  const content = { 'application/json': { schema } }
  const responses = { 200: { description: 'The item', content } }
  const get = { operationId: 'item', responses, ...(parameters && { parameters }) }
  const document = { openapi: '3.1.0', info: { title: code, version: '1' }, paths: { '/item': { get } } }
  const own = { code, version: '1', upstreams: { production: [{ url: upstream }] }, ...settings }
  const sent = { document: { file: 'openapi', value: document }, settings: { file: 'api', value: own } }
  const { api, mistakes } = await parseApi({ platform: on, ...sent })
  if (api === null) throw new Error(JSON.stringify(mistakes))
  return api
}
