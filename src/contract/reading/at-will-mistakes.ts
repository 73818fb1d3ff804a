import type { Mistake } from '../mistake.js'
import type { Platform } from '../platform.js'
import type { ApiSettings } from './api-shape.js'
import { mistakeAt } from './shape-mistakes.js'
import type { Source } from './source.js'

/** Who may have a new token whenever it likes has a new count with each. */
export function atWillMistakes(
  { realm, quotas }: ApiSettings,
  { settings, platform }: { readonly settings: Source; readonly platform: Platform },
): readonly Mistake[] {
  const own = platform.realms.find(({ name }) => realm === undefined || name === realm)
  const flow = own?.flows.find((each) => each !== 'authorization_code')
  if (own === undefined || flow === undefined) return []
  return quotas.flatMap(({ key }, index) =>
    key === 'token' || key === 'token+api'
      ? [
          mistakeAt(settings, ['quotas', index], {
            reason: `a quota for each token holds nobody back where the realm "${own.name}" gives new ones at will (${flow})`,
            mend: 'Count for each application ("application+api"), or take the flow off the realm.',
          }),
        ]
      : [],
  )
}
