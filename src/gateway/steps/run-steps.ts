import type { Dialect, Refusal, StepName } from '#contract'
import type { Exchange } from '../exchange.js'
import { bodyStep } from './body.js'
import { credentialStep } from './credential.js'
import { environmentStep } from './environment.js'
import { expiryStep } from './expiry.js'
import { inFlightStep } from './in-flight.js'
import { lifecycleStep } from './lifecycle.js'
import { loadStep } from './load.js'
import { operationStep } from './operation.js'
import { parametersStep } from './parameters.js'
import { quotaStep } from './quota.js'
import { rightsStep } from './rights.js'
import { scopesStep } from './scopes.js'
import type { Step, StepNeeds, StepOutcome } from './step.js'
import { subscriptionStep } from './subscription.js'
import { verifyStep } from './verify.js'
import { versionStep } from './version.js'

/** Every check of an exchange; a dialect puts them in its platform's order. */
export const steps: { readonly [name in StepName]: Step } = {
  credential: credentialStep,
  verify: verifyStep,
  version: versionStep,
  lifecycle: lifecycleStep,
  operation: operationStep,
  environment: environmentStep,
  subscription: subscriptionStep,
  scopes: scopesStep,
  rights: rightsStep,
  parameters: parametersStep,
  body: bodyStep,
  load: loadStep,
  'in-flight': inFlightStep,
  quota: quotaStep,
  expiry: expiryStep,
}

/** Where nobody has to say who calls. */
const openSteps: readonly Step[] = [steps.version, steps.lifecycle, steps.operation, steps.body, steps.parameters]

/** Runs the checks in the dialect's order up to the first refusal; a promise only when a step needs one. */
export function runSteps(exchange: Exchange, needs: StepNeeds, from = 0): StepOutcome {
  const ordered = exchange.api?.access.open === true ? openSteps : stepsOf(exchange.dialect)
  for (let index = from; index < ordered.length; index++) {
    const outcome = ordered[index]?.(exchange, needs) ?? null
    if (outcome instanceof Promise) return outcome.then((refused) => refused ?? runSteps(exchange, needs, index + 1))
    if (outcome !== null) return outcome
  }
  return unproven(exchange)
}

const known = new WeakMap<Dialect, readonly Step[]>()

/** Looked up once per dialect, not by name at each call. */
function stepsOf(dialect: Dialect): readonly Step[] {
  let ordered = known.get(dialect)
  if (ordered === undefined) {
    ordered = dialect.order.map((name) => steps[name])
    known.set(dialect, ordered)
  }
  return ordered
}

/** An order that leaves out a check must not open access: whatever the dialect says, these are always found. */
function unproven(exchange: Exchange): Refusal | null {
  return exchange.api?.access.open === true ? (isOwn(exchange) ? null : closed) : proven(exchange) ? null : closed
}

/** Only what the gateway itself answers may be open to anyone. */
const isOwn = ({ api, operation }: Exchange) => operation !== null && api?.upstreams.production === 'gateway'

const proven = ({ verified, ended, subscription, operation, route }: Exchange): boolean =>
  verified !== null && ended === null && subscription !== null && operation !== null && route?.unknownVersion === null

const closed: Refusal = { code: 'gateway/fault', status: 500 }
