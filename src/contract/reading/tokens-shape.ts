import { z } from 'zod'
import type { TokenHabits } from '../token-habits.js'

const days = (most: number) => z.number().int().min(1).max(most)

/** `tokens` of `platform.yaml`. */
export const tokensShape = z
  .strictObject({
    kind: z.literal('jwt').default('jwt').describe('What carries the identifier of a token: jwt.'),
    days: days(1_830).default(548).describe('How long a token lives, in days; a renewal prolongs it by as much.'),
    renewal_days: days(1_830).default(90).describe('A token may be renewed in its last days: in how many of them.'),
    replacement_days: z
      .number()
      .int()
      .min(0)
      .max(366)
      .default(30)
      .describe('How many days a token that was replaced goes on working, unless told otherwise.'),
  })
  .refine(({ days, renewal_days }) => renewal_days <= days, {
    error: 'a token cannot be renewed for longer than it lives',
    path: ['renewal_days'],
  })
  .nullable()
  .default(null)
  .describe('Long-lived tokens for applications: `{ kind: jwt, days: 548, renewal_days: 90 }`; none unless told so.')

export const tokenHabitsOf = (settings: z.infer<typeof tokensShape>): TokenHabits | null =>
  settings === null
    ? null
    : {
        kind: settings.kind,
        days: settings.days,
        renewalDays: settings.renewal_days,
        replacementDays: settings.replacement_days,
      }
