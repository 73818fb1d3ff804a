import { z } from 'zod'
import { movingMonthShape } from '#contract'
import { answerShape } from '../simulation/answer-shape.js'
import { neededHeadersShape } from './needed-headers-shape.js'

export const personaShape = z.strictObject({
  needs: neededHeadersShape.optional().describe('Headers without which the call goes no further.'),
  token: z
    .strictObject({
      header: z.string().min(1).describe('Header that holds it.'),
      refused: answerShape.describe('Answer to one that is missing, unknown or too old.'),
    })
    .optional()
    .describe(
      'The person is the one for whom `people` gave this token; without it, the one in whose name the access token was issued, and a token without a person is refused (`access/person`).',
    ),
  data: z.string().describe("Where in the person's `data` the answer stands, a dotted path."),
  months: z
    .array(movingMonthShape)
    .default([])
    .describe('Years and months of the data that move with the calendar, places counted from the data.'),
  answer: answerShape
    .prefault({ status: 200, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: '$data' })
    .describe('Answer; `$data` in its body is what was found.'),
  missing: answerShape.optional().describe('Answer when nothing stands there.'),
  down: answerShape
    .optional()
    .describe("Answer when the person's `provider` is `down`; none: this API does not depend on it."),
})

export type PersonaDeclaration = z.infer<typeof personaShape>
