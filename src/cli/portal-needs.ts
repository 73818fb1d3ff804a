import { existsSync } from 'node:fs'
import type { Clock } from '#base'
import type { PortalNeeds } from '#portal'
import { shippedGuides } from './project.js'
import type { ServingRooms } from './serving-rooms.js'
import type { Settings } from './settings.js'

interface Around {
  readonly settings: Pick<Settings, 'PORTIQUE_SANDBOX_TOKENS'>
  readonly addresses: { readonly authorization: string; readonly gateway: string }
  readonly clock: Clock
}

/** What the pages read of the rooms below them, and the one thing that they give. */
export const portalNeeds = (
  { access, catalog, cases, addressOf }: Pick<ServingRooms, 'access' | 'catalog' | 'cases' | 'addressOf'>,
  { settings, addresses, clock }: Around,
): PortalNeeds => ({
  clock,
  ...(existsSync(shippedGuides) ? { guides: shippedGuides } : {}),
  snapshot: access.snapshot,
  addresses,
  sharedCases: (api) => cases.of(api, ''),
  contract: (api) => catalog.document(api),
  ...(settings.PORTIQUE_SANDBOX_TOKENS === 'open' && { visitors: { give: access.tokens.giveToVisitor, addressOf } }),
})
