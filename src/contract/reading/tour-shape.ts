import { z } from 'zod'
import type { TourStop } from '../tour.js'
import { textShape } from './text-shape.js'

const token = z.strictObject({
  title: textShape,
  token: z
    .strictObject({
      realm: z.string().min(1).describe('One of the realms.'),
      scope: z.string().min(1).describe('Scopes with spaces between.'),
    })
    .describe('Asks for a token: `{ realm: …, scope: … }`.'),
})
const sandboxToken = z.strictObject({
  title: textShape,
  sandbox_token: z
    .strictObject({ scope: z.string().min(1).describe('Scopes with spaces between.') })
    .describe('Takes a long-lived token of the sandbox: `{ scope: … }`; on a platform with `tokens`.'),
})
const call = z.strictObject({
  title: textShape,
  call: z
    .string()
    .regex(/^\/[\x21-\x7e]*$/, 'not a path as it stands on a request line')
    .describe('Path and query of a GET.'),
  repeat: z.number().int().min(1).max(100).default(1).describe('How many times in a row, 1 to 100.'),
  answers: z.number().int().min(200).max(599).describe('Status of the last answer.'),
})

/** `tour` of `platform.yaml`: the commands that `portique dev` prints, in this order. */
export const tourShape = z
  .array(z.union([token, sandboxToken, call]))
  .max(8)
  .default([])
  .describe(
    'Commands that `portique dev` prints: `{ title, token }` or `{ title, sandbox_token }` first, then `{ title, call, answers }`.',
  )

export const tourOf = (stops: z.infer<typeof tourShape>): readonly TourStop[] =>
  stops.map((stop) => {
    const { title } = stop
    if ('token' in stop) return { title, kind: 'token', ...stop.token }
    if ('sandbox_token' in stop) return { title, kind: 'sandbox-token', ...stop.sandbox_token }
    return { title, kind: 'call', target: stop.call, repeat: stop.repeat, answers: stop.answers }
  })
