import { loadPlatforms, type Mistake, type Platform } from '#contract'
import { shippedMemory, shippedPlatforms } from './project.js'
import { readProviderSecrets } from './read-provider-secrets.js'
import { readUpstreams } from './read-upstreams.js'
import { readableByOthers } from './readable-by-others.js'
import { type ServeAddresses, serveSettings } from './serve-settings.js'
import { refuseMistakes, settingMistake } from './setting-mistake.js'
import type { ReadSettings } from './settings.js'

export interface ServeGround {
  readonly addresses: ServeAddresses
  readonly platforms: readonly Platform[]
}

/** Everything that production needs to start. Throws `settings/refused` that tells all that stands in the way at once, each with its mend. */
export async function readyToServe({ settings, wrong }: ReadSettings): Promise<ServeGround> {
  const { PORTIQUE_PLATFORMS: own, PORTIQUE_PROVIDER_SECRETS, PORTIQUE_UPSTREAMS } = settings
  const read = await (own === undefined ? loadPlatforms(shippedPlatforms, shippedMemory) : loadPlatforms(own))
  const { addresses, mistakes } = serveSettings(settings)
  const told = new Set(wrong.map(({ name }) => name))
  refuseMistakes([
    ...wrong.map(({ name, expected }) => settingMistake(name, 'cannot be used', expected)),
    ...mistakes.filter(({ file }) => !told.has(file)),
    ...(settings.PORTIQUE_SECRET_FILES === 'private' ? readableByOthers(settings) : []),
    ...readUpstreams(PORTIQUE_UPSTREAMS).mistakes,
    ...read.mistakes,
    ...simulatedProduction(read.platforms),
    ...readProviderSecrets(PORTIQUE_PROVIDER_SECRETS, read.platforms).mistakes,
  ])
  if (addresses === null) throw new Error('an address that is not set is a mistake')
  return { addresses, platforms: read.platforms }
}

/** In production nothing may be answered by the simulation (decision 6). */
function simulatedProduction(platforms: readonly Platform[]): readonly Mistake[] {
  const simulated = platforms.flatMap(({ apis }) => apis.filter((api) => api.upstreams.production === 'sandbox'))
  if (simulated.length === 0) return []
  const named = simulated.slice(0, 10).map(({ id }) => id)
  const more = simulated.length - named.length
  return [
    settingMistake(
      'PORTIQUE_PLATFORMS',
      `the simulation would answer in production for ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`,
      'Give their addresses in `upstreams.production` of api.yaml, or name another folder.',
    ),
  ]
}
