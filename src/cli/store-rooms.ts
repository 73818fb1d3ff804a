import { resolve } from 'node:path'
import { type Access, createAccess } from '#access'
import { type Clock, type Log, Problem, randomIdentifiers, silentLog, systemClock } from '#base'
import { type CaseStore, type Catalog, createCaseStore, createCatalog } from '#catalog'
import { formatMistakes, loadPlatforms, type Platform } from '#contract'
import { createEvidenceReader, type EvidenceReader } from '#metering'
import { createStore, createVault, type Store, type Vault } from '#storage'
import { shippedMemory, shippedPlatforms } from './project.js'
import { readProviderSecrets } from './read-provider-secrets.js'
import { secretKey } from './secret-key.js'
import type { Settings } from './settings.js'

/** The rooms that hold state: enough for a command, and the ground for a serving process. */
export interface StoreRooms {
  readonly store: Store
  readonly vault: Vault
  readonly platforms: readonly Platform[]
  readonly catalog: Catalog
  readonly cases: CaseStore
  readonly access: Access
  readonly evidence: EvidenceReader
  readonly log: Log
  close(): Promise<void>
}

export interface RoomOptions {
  readonly clock?: Clock
  readonly log?: Log
  /** Read already; absent: they are read now. */
  readonly platforms?: readonly Platform[]
}

/** Opens the store and what is read from it. Throws the Problem of whatever stands in the way. */
export async function openStoreRooms(
  settings: Settings,
  { clock = systemClock, log = silentLog, platforms: known }: RoomOptions = {},
): Promise<StoreRooms> {
  const folder = resolve(settings.PORTIQUE_DATA)
  const key = secretKey(settings.PORTIQUE_SECRET_KEY, folder)
  const { DATABASE_URL } = settings
  const opening = createStore({
    folder,
    now: clock,
    key,
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
  })
  // The store opens in its own thread while the platforms are read.
  const [opened, read] = await Promise.allSettled([opening, known ?? readPlatforms(settings.PORTIQUE_PLATFORMS)])
  if (opened.status === 'rejected') throw opened.reason
  const store = opened.value
  try {
    if (read.status === 'rejected') throw read.reason
    const platforms = read.value
    const vault = createVault(key)
    const catalog = await createCatalog({
      ...{ store, platforms, now: clock, log },
      // Read anew at each publication, so that a secret may be added while the process runs.
      obstacles: (api) => readProviderSecrets(settings.PORTIQUE_PROVIDER_SECRETS, [{ apis: [api] }]).mistakes,
    })
    const access = await createAccess({ store, vault, catalog, identifiers: randomIdentifiers, clock, log })
    const cases = await createCaseStore({
      store,
      apis: () => catalog.apis(),
      platforms: () => catalog.platforms(),
      identifiers: randomIdentifiers,
      now: clock,
      log,
    })
    const evidence = createEvidenceReader({
      ...{ store, vault, identifiers: randomIdentifiers, clock, apis: catalog.apis },
    })
    const close = async () => {
      await access.close()
      cases.close()
      catalog.close()
      await store.close()
    }
    return { store, vault, platforms, catalog, cases, access, evidence, log, close }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function readPlatforms(own: string | undefined): Promise<readonly Platform[]> {
  const { platforms, mistakes } = await (own === undefined
    ? loadPlatforms(shippedPlatforms, shippedMemory)
    : loadPlatforms(own))
  if (mistakes.length === 0) return platforms
  const told = formatMistakes(mistakes)
  throw new Problem({
    code: 'platforms/mistakes',
    status: 500,
    text: { fr: `${told}\n\nPlateformes refusées.`, en: `${told}\n\nThe platforms cannot be used.` },
  })
}
