import { refusal } from '#contract'
import type { Step } from './step.js'

/** A version that does not exist runs through the checks of the newest one up to here. */
export const versionStep: Step = ({ route }) => {
  const version = route?.unknownVersion ?? null
  return version === null ? null : refusal('route/unknown-api', { version })
}
