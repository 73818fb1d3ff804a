import { resolve } from 'node:path'
import { type Access, createAccess } from '#access'
import { type Authorization, createAuthorization } from '#authorization'
import { type Clock, type Log, Problem, randomIdentifiers, type Settings, silentLog, systemClock } from '#base'
import { type Catalog, createCatalog } from '#catalog'
import { dialectOf, formatMistakes, loadPlatforms, type Platform } from '#contract'
import { createGateway, createIdentitySigner, type Gateway, type IdentityKeySet, identityKeySet } from '#gateway'
import { createMetering, type LogTarget, type Metering } from '#metering'
import { createSandbox, type Sandbox } from '#sandbox'
import { createStore, createVault, type Store, type Vault } from '#storage'
import { identityKey } from './identity-key.js'
import { shippedPlatforms } from './project.js'
import { secretKey } from './secret-key.js'

/** The rooms that hold state: enough for a command, and the ground for a serving process. */
export interface StoreRooms {
  readonly store: Store
  readonly vault: Vault
  readonly platforms: readonly Platform[]
  readonly catalog: Catalog
  readonly access: Access
  readonly log: Log
  close(): Promise<void>
}

export interface ServingRooms extends StoreRooms {
  readonly metering: Metering
  readonly sandbox: Sandbox
  readonly authorization: Authorization
  readonly gateway: Gateway
  readonly identityKeys: IdentityKeySet
}

export interface RoomOptions {
  readonly clock?: Clock
  readonly log?: Log
}

/** Opens the store and what is read from it. Throws the Problem of whatever stands in the way. */
export async function openStoreRooms(
  settings: Settings,
  { clock = systemClock, log = silentLog }: RoomOptions = {},
): Promise<StoreRooms> {
  const folder = resolve(settings.PORTIQUE_DATA)
  const platforms = await readPlatforms(settings.PORTIQUE_PLATFORMS ?? shippedPlatforms)
  const key = secretKey(settings.PORTIQUE_SECRET_KEY, folder)
  const { DATABASE_URL } = settings
  const store = await createStore({
    folder,
    now: clock,
    key,
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
  })
  try {
    const vault = createVault(key)
    const catalog = await createCatalog({ store, platforms, now: clock, log })
    const access = await createAccess({ store, vault, catalog, identifiers: randomIdentifiers, clock, log })
    const close = async () => {
      await access.close()
      catalog.close()
      await store.close()
    }
    return { store, vault, platforms, catalog, access, log, close }
  } catch (error) {
    await store.close()
    throw error
  }
}

export interface ServingOptions extends Required<RoomOptions> {
  readonly authorizationUrl: string
  readonly portalUrl: string
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
  const { VALKEY_URL: url, PORTIQUE_QUOTA_LOCAL_SHARE: localShare } = settings
  let inFlight = () => 0
  const metering = createMetering({
    store,
    clock,
    log,
    node: options.node,
    identifiers: randomIdentifiers,
    inFlight: () => inFlight(),
    ...(options.accessLog === null ? {} : { writeAccessLog: options.accessLog.write }),
    ...(url === undefined ? {} : { sharedQuotas: { url, localShare } }),
  })
  const sandbox = createSandbox({ clock, log })
  const authorization = await createAuthorization({
    ...ground,
    dialectOf,
    clock,
    log,
    authorizationUrl: options.authorizationUrl,
  })
  const key = await identityKey({ store, vault, now: clock() })
  const gateway = createGateway({
    snapshot: access.snapshot,
    verify: authorization.verify,
    spend: metering.spend,
    record: metering.record,
    dialectOf,
    sandbox,
    signIdentity: createIdentitySigner(key),
    clock,
    log,
    settings: {
      problemsUrl: `${options.portalUrl}/problems/`,
      trustedProxies: settings.PORTIQUE_TRUSTED_PROXIES ?? [],
    },
  })
  inFlight = gateway.running
  const close = async () => {
    await gateway.close()
    await authorization.close()
    await metering.close()
    await ground.close()
  }
  return { ...ground, platforms, metering, sandbox, authorization, gateway, identityKeys: identityKeySet([key]), close }
}

async function readPlatforms(folder: string): Promise<readonly Platform[]> {
  const { platforms, mistakes } = await loadPlatforms(folder)
  if (mistakes.length === 0) return platforms
  const told = formatMistakes(mistakes)
  throw new Problem({
    code: 'platforms/mistakes',
    status: 500,
    text: { fr: `Plateformes refusées :\n\n${told}`, en: `The platforms cannot be used:\n\n${told}` },
  })
}
