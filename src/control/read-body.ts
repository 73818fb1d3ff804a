import type { Context } from 'hono'
import type { z } from 'zod'
import { Problem } from '#base'
import { issueMessage } from '#contract'

/** Reads a JSON body of this shape. Throws `control/body` (400) that names every wrong field. */
export async function readBody<T extends z.ZodType>(context: Context, shape: T): Promise<z.infer<T>> {
  const given: unknown = await context.req.json().catch(() => undefined)
  const read = shape.safeParse(given === undefined ? null : given)
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issueMessage(issue)}`).join('; ')
  throw new Problem({
    code: 'control/body',
    status: 400,
    text: { fr: `Corps JSON refusé : ${lines}`, en: `JSON body refused: ${lines}` },
  })
}
