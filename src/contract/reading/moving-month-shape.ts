import { z } from 'zod'

export const movingMonthShape = z
  .strictObject({
    ago: z.number().int().min(0).max(1200).describe('Months before the current one.'),
    asked: z
      .tuple([z.string().min(1), z.string().min(1)])
      .optional()
      .describe('Parameters by which a caller may ask for another month instead: year, month.'),
    year: z.string().min(1).describe('Where the year stands, a dotted path.'),
    month: z.string().min(1).describe('Where the month stands, a dotted path.'),
  })
  .describe(
    'A month that moves with the calendar: `{ ago: 1, asked: [annee, mois], year: payload.annee, month: payload.mois }`.',
  )
