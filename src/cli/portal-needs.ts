import type { PortalNeeds } from '#portal'
import type { StoreRooms } from './store-rooms.js'

/** What the pages read of the rooms below them. */
export const portalNeeds = (
  { access, catalog, cases }: Pick<StoreRooms, 'access' | 'catalog' | 'cases'>,
  { authorization, gateway }: { readonly authorization: string; readonly gateway: string },
): PortalNeeds => ({
  snapshot: access.snapshot,
  addresses: { authorization, gateway },
  sharedCases: (api) => cases.of(api, ''),
  contract: (api) => catalog.document(api),
})
