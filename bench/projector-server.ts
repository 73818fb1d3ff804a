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
import { createFront, createGateway, createIdentitySigner, createRequestIds } from '#gateway'
import { projectFolder } from './paths.js'
import { projectorSchema, projectorScopes } from './projector-body.js'

// One gateway with two APIs that differ in their masks only: node dist/bench/projector-server.js <port> <upstream>
const [, , port = '0', upstream = ''] = process.argv
const { platforms } = await loadPlatforms(join(projectFolder, 'platforms'))
const platform = platforms.find(({ id }) => id === 'demo')
if (platform === undefined) throw new Error('platforms/demo is not there')
const apis = [await publish(platform, 'plain', false), await publish(platform, 'masked', true)]
const subscriptions = apis.map(({ id }) => {
  const subscription = { apiId: id, environment: 'production', quotas: [], endsAt: null } as const
  return [subscriptionKey('production', id), subscription] as const
})
const application: ApplicationAccess = {
  id: 'bench',
  name: 'bench',
  platform: 'demo',
  environment: 'production',
  state: 'active',
  subscriptions: new Map(subscriptions),
}
const snapshot = {
  revision: 1,
  platforms: new Map([['demo', platform]]),
  apis,
  applications: new Map([['bench', application]]),
}
const caller: Verified = {
  tokenId: 'bench',
  applicationId: 'bench',
  platform: 'demo',
  environment: 'production',
  scopes: new Set(projectorScopes),
  expiresAt: Number.POSITIVE_INFINITY,
}
const gateway = createGateway({
  snapshot: () => snapshot,
  verify: () => caller,
  spend: () => ({ admitted: true, states: [] }),
  record: () => {},
  hashPerson: () => '',
  dialectOf,
  sandbox: { handle: () => Promise.reject(new Error('no sandbox here')) },
  signIdentity: createIdentitySigner(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  clock: Date.now,
  log: silentLog,
})
const front = createFront({
  dispatch: gateway.handle,
  serve: gateway.serve,
  continuesItself: () => true,
  knowsHost: () => true,
  dialect: dialectOf('standard'),
  requestIds: createRequestIds(),
  log: silentLog,
  settings: {},
})
front.server.listen(Number(port), '127.0.0.1')
await once(front.server, 'listening')

async function publish(on: Platform, code: string, masked: boolean): Promise<ApiVersion> {
  const content = { 'application/json': { schema: projectorSchema(masked) } }
  const get = { operationId: 'item', responses: { 200: { description: 'The item', content } } }
  const document = { openapi: '3.1.0', info: { title: code, version: '1' }, paths: { '/item': { get } } }
  const settings = { code, version: '1', upstreams: { production: [{ url: upstream }] } }
  const sent = { document: { file: 'openapi', value: document }, settings: { file: 'api', value: settings } }
  const { api, mistakes } = await parseApi({ platform: on, ...sent })
  if (api === null) throw new Error(JSON.stringify(mistakes))
  return api
}
