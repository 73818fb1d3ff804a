import { z } from 'zod'
import { answerHeaders } from './answer-headers-shape.js'
import { movingMonthShape } from './moving-month-shape.js'

/** A file of `sandbox/`: one case, or a list of them. */
export const caseShape = z
  .strictObject({
    title: z.string().min(1).describe('What the case shows, in a few words.'),
    title_en: z.string().min(1).optional().describe('The title in English.'),
    description: z.string().optional().describe('What there is to know of it beside its title.'),
    operation: z
      .string()
      .min(1)
      .optional()
      .describe('operationId of the contract; may be left out where the API has only one operation.'),
    params: z.record(z.string(), z.json()).default({}).describe('Parameters that call for this answer, by name.'),
    optional: z
      .array(z.string())
      .min(1)
      .max(4)
      .optional()
      .describe('Names of `params` that a call may leave out, where cases are looked for exactly.'),
    status: z.number().int().min(200).max(599).describe('Status of the answer, one that the operation declares.'),
    payload: z.json().optional().describe('Body of the answer: a value, or JSON in a text.'),
    headers: answerHeaders
      .default({})
      .describe(
        'Headers of the answer, by name; values are texts. Those that the gateway sets itself or drops are refused, e.g. `Content-Length`, `Connection`, `Set-Cookie`, `X-Request-Id`.',
      ),
    months: z
      .array(movingMonthShape)
      .min(1)
      .optional()
      .describe(
        'Years and months that move with the calendar, where cases are looked for exactly: places begin with `params.` or `payload.`, and the numbers there are examples.',
      ),
  })
  .describe('A sandbox case: parameters and the answer they call for.')

export type CaseSettings = z.infer<typeof caseShape>
