import { z } from 'zod'
import { answerHeaders, type Json } from '#contract'

const json: z.ZodType<Json> = z.json()

/** An answer as `simulation.yaml` writes it: status, headers, and a template for the body. */
export const answerShape = z.strictObject({
  status: z.int().min(200).max(599).describe('HTTP status.'),
  headers: answerHeaders
    .default({})
    .describe('Headers; `{first}`, `{last}`, `{total}`, `{page}`, `{size}` and `{pages}` are filled in.'),
  body: json
    .optional()
    .describe(
      'JSON body, a template: `$rows` is the list of rows, `$row` the first one, `$row.a.b` one of its fields, `$aggregations` the counts, `$total`, `$page`, `$size`, `$pages`, `$first`, `$last` numbers, `$body.a.b` and `$query.a` what the caller sent. `$$` writes a dollar. None: no body.',
    ),
  xml: z
    .string()
    .regex(/^[A-Za-z_][\w.-]*$/, 'not the name of an element')
    .optional()
    .describe(
      'Name of the root element when `Accept` prefers `application/xml`; each entry of a list repeats the element of its key.',
    ),
})

export type AnswerDeclaration = z.infer<typeof answerShape>
