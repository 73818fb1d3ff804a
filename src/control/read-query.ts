import type { Context } from 'hono'
import type { z } from 'zod'
import { Problem } from '#base'

/** Reads the query, each parameter given once, as this shape. Throws `control/query` (400) that names every wrong one. */
export function readQuery<T extends z.ZodType>(context: Context, shape: T): z.infer<T> {
  const given = Object.entries(context.req.queries())
  const once = given.map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  const read = shape.safeParse(Object.fromEntries(once))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${issue.path.join('.') || 'query'}: ${issue.message}`).join('; ')
  throw new Problem({
    code: 'control/query',
    status: 400,
    text: { fr: `Paramètres refusés : ${lines}`, en: `Parameters refused: ${lines}` },
  })
}
