import { refusal } from '#contract'
import type { Step } from './step.js'

/** A version past its sunset is gone (RFC 9110 section 15.5.11). */
export const lifecycleStep: Step = ({ api }, { clock }) => {
  if (api === null) return refusal('route/unknown-api')
  const { state, sunsetOn } = api.lifecycle
  return state === 'retired' || (sunsetOn !== null && sunsetOn <= clock()) ? refusal('route/retired') : null
}
