import { z } from 'zod'

/** `info.x-provider` of a contract, and who speaks in a rule of an adapter. */
export const namedProviderShape = z
  .strictObject({
    code: z
      .string()
      .regex(/^[0-9]{2}$/, 'not two digits')
      .describe('Two digits, in quotes: "23".'),
    name: z.string().min(1).describe('What people call it.'),
  })
  .describe('Who holds the data: `{ code: "23", name: CNAF }`.')
