import { refusal, subscriptionKey } from '#contract'
import type { Step } from './step.js'

/** The application is active and has subscribed to this version in this environment, or its token brings the subscription. */
export const subscriptionStep: Step = (exchange, { snapshot, clock }) => {
  const { api, verified } = exchange
  const environment = exchange.environment ?? verified?.environment
  if (api === null || verified === null || environment === undefined) return refusal('access/subscription')
  const application = snapshot().applications.get(verified.applicationId)
  if (application === undefined) return refusal('token/invalid')
  if (application.state !== 'active') return refusal('access/application')
  exchange.application = application
  const subscription =
    application.subscriptions.get(subscriptionKey(environment, api.id)) ?? verified.ownSubscription?.(api, environment)
  if (subscription === undefined) return refusal('access/subscription')
  if (subscription.endsAt !== null && subscription.endsAt <= clock()) return refusal('access/subscription')
  exchange.subscription = subscription
  return null
}
