import { z } from 'zod'
import type { Operation } from '../api.js'
import type { Mistake } from '../mistake.js'
import type { ApiSettings } from './api-shape.js'
import { mistakeAt } from './shape-mistakes.js'
import type { Source } from './source.js'

/** `x-answer` of an operation. */
export const ownAnswerShape = z
  .union([
    z.strictObject({ fixed: z.json() }),
    z.strictObject({ token: z.record(z.string(), z.json()) }),
    z.strictObject({ pings: z.strictObject({ address: z.string().regex(/^\/[^\s]*\{provider\}[^\s]*$/) }) }),
    z.strictObject({ ping: z.strictObject({ provider: z.string().min(1) }) }),
    z.strictObject({ openapi: z.strictObject({ versions: z.array(z.string().min(1)).min(1) }) }),
    z.strictObject({ errors: z.literal(true) }),
  ])
  .describe(
    '`{ fixed: … }`, `{ token: { … } }`, `{ pings: { address: "/api/{provider}/ping" } }`, `{ ping: { provider: … } }`, `{ openapi: { versions: ["3"] } }` or `{ errors: true }`.',
  )

interface Sources {
  readonly settings: Source
  readonly document: Source
  readonly operations: readonly Operation[]
}

/** The gateway answers all operations of an API, each in a declared way, or none; only its own answers may be open to anyone. */
export function ownAnswerMistakes(
  { upstreams, access }: ApiSettings,
  { settings, document, operations }: Sources,
): readonly Mistake[] {
  const own = upstreams.production === 'gateway'
  const mend = 'Write `upstreams: { production: gateway, sandbox: gateway }`.'
  return [
    ...(own !== (upstreams.sandbox === 'gateway')
      ? [mistakeAt(settings, ['upstreams'], { reason: 'the gateway answers in one environment only', mend })]
      : []),
    ...(access.open && !own
      ? [
          mistakeAt(settings, ['access', 'open'], {
            reason: 'an API that anyone may call without a token must be answered by the gateway',
            mend,
          }),
        ]
      : []),
    ...operations
      .filter((operation) => (operation.definition['x-answer'] !== undefined) !== own)
      .map((operation) =>
        mistakeAt(document, ['paths', operation.path, operation.method.toLowerCase()], {
          reason: own
            ? `the gateway does not know how to answer "${operation.id}"`
            : `"${operation.id}" says what the gateway answers, but the gateway is not its upstream`,
          mend: own ? 'Add "x-answer" to the operation.' : mend,
          of: 'key',
        }),
      ),
  ]
}
