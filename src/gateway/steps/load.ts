import { refusal } from '#contract'
import type { Step } from './step.js'

/** The application has room for one more call; before anything is charged to it. */
export const loadStep: Step = (exchange, { loads }) => {
  const { verified, received } = exchange
  if (verified === null) return refusal('token/missing')
  return loads.enter(exchange, verified.applicationId, received.contentLength)
}
