import { z } from 'zod'

/** What people read, French first; one sentence for both languages is allowed. */
export const textShape = z
  .union([
    z.string().min(1),
    z.strictObject({ fr: z.string().min(1).describe('In French.'), en: z.string().min(1).describe('In English.') }),
  ])
  .transform((text) => (typeof text === 'string' ? { fr: text, en: text } : text))
  .describe('Text for people: `{ fr: …, en: … }`, or one string for both languages.')
