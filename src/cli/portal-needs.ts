import { existsSync } from 'node:fs'
import type { Clock } from '#base'
import type { PortalNeeds } from '#portal'
import { shippedGuides } from './project.js'
import type { StoreRooms } from './store-rooms.js'

/** What the pages read of the rooms below them. */
export const portalNeeds = (
  { access, catalog, cases }: Pick<StoreRooms, 'access' | 'catalog' | 'cases'>,
  addresses: { readonly authorization: string; readonly gateway: string },
  clock: Clock,
): PortalNeeds => ({
  clock,
  ...(existsSync(shippedGuides) ? { guides: shippedGuides } : {}),
  snapshot: access.snapshot,
  addresses,
  sharedCases: (api) => cases.of(api, ''),
  contract: (api) => catalog.document(api),
})
