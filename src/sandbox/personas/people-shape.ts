import { z } from 'zod'
import { answerShape } from '../simulation/answer-shape.js'
import { parameterShape } from '../simulation/parameter-shape.js'
import { neededHeadersShape } from './needed-headers-shape.js'

export const peopleShape = z.strictObject({
  needs: neededHeadersShape.optional().describe('Headers without which the call goes no further.'),
  parameters: z.record(z.string(), parameterShape).default({}).describe('Parameters, checked in this order.'),
  by: z
    .record(z.string(), z.string())
    .describe(
      "For each parameter, where in a person's `data` its value must stand, a dotted path; a list there means any of its values.",
    ),
  seconds: z.int().positive().max(86_400).describe('Lifetime of the token, in seconds.'),
  found: answerShape.describe('Answer when one person agrees: `$token`, and `$data.a.b` of that person.'),
  several: answerShape.describe('Answer when more than one agrees.'),
  none: answerShape.describe('Answer when nobody agrees.'),
  down: answerShape.describe("Answer when the person's `provider` is `down`."),
})

export type PeopleDeclaration = z.infer<typeof peopleShape>
