import { refusal } from '#contract'
import type { Step } from './step.js'

/** A body that is announced too large is refused before anything is charged; one that only turns out so, while it is read. */
export const bodyStep: Step = ({ api, received }) => {
  if (api === null) return refusal('route/unknown-api')
  const bytesMax = api.limits.requestBytesMax
  return received.contentLength > bytesMax ? refusal('request/body-too-large', { bytesMax }) : null
}
