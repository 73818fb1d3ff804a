import { z } from 'zod'
import { textShape } from './text-shape.js'

/** A file of `personas/`. */
export const personaShape = z
  .strictObject({
    realm: z.string().min(1).describe("One of the platform's realms."),
    sub: z
      .string()
      .min(1)
      .max(255)
      .describe('Stable subject identifier, at most 255 characters (OpenID Connect Core section 2).'),
    name: z.string().min(1).describe('Name that is shown.'),
    situation: textShape,
    claims: z.record(z.string(), z.json()).default({}).describe('Claims of the ID token and of userinfo, by name.'),
    data: z.record(z.string(), z.json()).default({}).describe("The person's rows, by API or by name."),
    provider: z
      .enum(['up', 'down'])
      .default('up')
      .describe("`down`: the services that hold the person's data are out of order."),
  })
  .describe('A test person: signs in, and answers in every API.')

export type PersonaSettings = z.infer<typeof personaShape>
