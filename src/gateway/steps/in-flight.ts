import { refusal } from '#contract'
import type { Exchange } from '../exchange.js'
import type { Step } from './step.js'

/**
 * No identical call of the same token is under way, where the platform asks for that: same operation, same parameters, whatever their
 * order. A call with a body is like no other, since its body is not read yet.
 */
export const inFlightStep: Step = (exchange, { flights, monotonic }) => {
  if (exchange.route?.platform.inFlight !== 'refuse_identical' || exchange.bodyUnread) return null
  const flight = flights.begin(keyOf(exchange), monotonic())
  if (flight === null) return refusal('request/in-flight')
  exchange.flight = flight
  const alone = flights.alone(flight)
  return alone === true ? null : alone.then((itself) => (itself ? null : refusal('request/in-flight')))
}

function keyOf({ request, target, route, verified, api, dialect }: Exchange): string {
  const mark = target === null ? -1 : target.raw.indexOf('?')
  const parameters = new URLSearchParams(mark < 0 ? '' : target?.raw.slice(mark + 1))
  if (dialect.tokenParameter !== undefined) parameters.delete(dialect.tokenParameter)
  parameters.sort()
  const resource = target?.segments.slice(route?.depth)
  return JSON.stringify([verified?.tokenId, api?.id, request.method, resource, parameters.toString()])
}
