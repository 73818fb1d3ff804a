import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { type Authorization, createAuthorization } from '#authorization'
import { type Clock, type Log, randomIdentifiers } from '#base'
import { dialectOf } from '#contract'
import {
  createCallerAddress,
  createFrontRefusals,
  createGateway,
  createIdentitySigner,
  createRequestIds,
  type FrontRefusals,
  type Gateway,
  type IdentityKeySet,
  identityKeySet,
  type RequestIds,
} from '#gateway'
import { createMetering, createPersonHash, type LogTarget, type Metering } from '#metering'
import { createSandbox } from '#sandbox'
import { createWarming } from './create-warming.js'
import { identityKey } from './identity-key.js'
import { type ProviderSecrets, readProviderSecrets } from './read-provider-secrets.js'
import { readUpstreams } from './read-upstreams.js'
import { warnOfReadable } from './readable-by-others.js'
import { refuseMistakes } from './setting-mistake.js'
import type { Settings } from './settings.js'
import { openStoreRooms, type RoomOptions, type StoreRooms } from './store-rooms.js'

export interface ServingRooms extends StoreRooms {
  readonly metering: Metering
  readonly authorization: Authorization
  readonly gateway: Gateway
  readonly identityKeys: IdentityKeySet
  /** One source for the front and both rooms that name their answers. */
  readonly requestIds: RequestIds
  /** What the front refuses, of all its listeners. */
  readonly frontRefusals: FrontRefusals
  /** Who sends a request, as far as trusted proxies tell. */
  readonly addressOf: (request: IncomingMessage) => string
  /** Ends the calls under way, then, once `answered`, closes what the answers stood on. */
  close(answered?: Promise<unknown>): Promise<void>
}

export interface ServingOptions extends RoomOptions {
  readonly clock: Clock
  readonly log: Log
  readonly authorizationUrl: string
  readonly gatewayUrl: string
  readonly portalUrl: string
  /** Where personas may sign in (`AuthorizationOptions`). */
  readonly personaPlaces?: 'everywhere' | 'sandbox'
  /** CIDR blocks that are told of withdrawals although they are not public. */
  readonly eventNetworks?: readonly string[]
  /** Name of this node; no two running nodes share one. */
  readonly node: string
  /** Where the access log goes; null: nowhere. */
  readonly accessLog: LogTarget | null
}

/** Builds every room of the data plane on the ones that hold state, and hands each what it needs. */
export async function openServingRooms(settings: Settings, options: ServingOptions): Promise<ServingRooms> {
  const ground = await openStoreRooms(settings, options)
  const { store, vault, access, platforms } = ground
  const { clock, log } = options
  const { PORTIQUE_PROVIDER_SECRETS, PORTIQUE_UPSTREAMS } = settings
  warnOfReadable(settings, log)
  const { secrets, mistakes } = readProviderSecrets(PORTIQUE_PROVIDER_SECRETS, [{ apis: ground.catalog.apis() }])
  const people = readUpstreams(PORTIQUE_UPSTREAMS)
  await orClose(ground, () => refuseMistakes([...mistakes, ...people.mistakes]))
  const { VALKEY_URL: url, PORTIQUE_QUOTA_LOCAL_SHARE: localShare } = settings
  const hashPerson = await createPersonHash({ store, vault, identifiers: randomIdentifiers, clock })
  let inFlight = () => 0
  const requestIds = createRequestIds()
  const frontRefusals = createFrontRefusals({ log, now: () => performance.now() })
  const metering = await createMetering({
    store,
    clock,
    log,
    node: options.node,
    leftUsageFile: join(settings.PORTIQUE_DATA, 'usage-left.jsonl'),
    evidenceDays: settings.PORTIQUE_EVIDENCE_DAYS,
    identifiers: randomIdentifiers,
    inFlight: () => inFlight(),
    visits: access.tokens.visits,
    frontRefusals: frontRefusals.counts,
    ...(options.accessLog === null ? {} : { writeAccessLog: options.accessLog.write }),
    ...(url === undefined ? {} : { sharedQuotas: { url, localShare }, digest: hashPerson }),
  })
  const addressOf = createCallerAddress(settings.PORTIQUE_TRUSTED_PROXIES ?? [])
  const sandbox = createSandbox({
    clock,
    log,
    platforms,
    stored: (api, applicationId) => ground.cases.of(api.id, applicationId),
  })
  const authorization = await createAuthorization({
    addressOf,
    requestIds,
    ...ground,
    dialectOf,
    clock,
    log,
    authorizationUrl: options.authorizationUrl,
    upstreams: people.upstreams,
    ...(options.personaPlaces !== undefined && { personaPlaces: options.personaPlaces }),
    granted: createWarming({ snapshot: access.snapshot, warm: sandbox.warm }),
    eventNetworks: options.eventNetworks ?? settings.PORTIQUE_EVENT_NETWORKS ?? [],
  })
  const key = await identityKey({ store, vault, now: clock() })
  const gateway = createGateway({
    snapshot: access.snapshot,
    verify: authorization.verify,
    spend: metering.spend,
    record: metering.record,
    keepEvidence: metering.keepEvidence,
    ...(metering.markFlight && { markFlight: metering.markFlight }),
    hashPerson,
    dialectOf,
    sandbox,
    signIdentity: createIdentitySigner(key),
    issuer: new URL(options.gatewayUrl).origin,
    secretOf: secretReader(PORTIQUE_PROVIDER_SECRETS, secrets),
    requestIds,
    clock,
    log,
    settings: {
      problemsUrl: `${options.portalUrl}/problems/`,
      trustedProxies: settings.PORTIQUE_TRUSTED_PROXIES ?? [],
      callsPerApplication: settings.PORTIQUE_CALLS_PER_APPLICATION,
      bodyBytesPerApplication: settings.PORTIQUE_BODY_BYTES_PER_APPLICATION,
    },
  })
  inFlight = gateway.running
  const close = async (answered?: Promise<unknown>) => {
    await gateway.close()
    await answered
    await authorization.close()
    await metering.close()
    await ground.close()
  }
  const identityKeys = identityKeySet([key])
  return {
    ...ground,
    platforms,
    metering,
    authorization,
    gateway,
    identityKeys,
    requestIds,
    frontRefusals,
    addressOf,
    close,
  }
}

/** What was published after the start may need a secret that was added after it. */
function secretReader(file: string | undefined, atStart: ProviderSecrets['secrets']) {
  let known = atStart
  return (platform: string, name: string): string | null => {
    if (known.get(platform)?.has(name) !== true) known = readProviderSecrets(file, []).secrets
    return known.get(platform)?.get(name) ?? null
  }
}

/** A refused start leaves the store to the next one. */
async function orClose<T>(ground: StoreRooms, work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    await ground.close()
    throw error
  }
}
