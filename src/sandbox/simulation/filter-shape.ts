import { z } from 'zod'

const field = z.string().min(1)
const fields = z.array(field).min(1).describe('Fields that are compared, dotted paths; one that agrees is enough.')

const through = z.strictObject({
  dataset: z.string().describe('Dataset that translates.'),
  where: field.describe('Field of that dataset in which the value is looked up.'),
  take: field.describe('Field of the rows found whose values take its place.'),
  when: z.string().optional().describe('Boolean parameter that must be true for this step to happen.'),
  add: z.boolean().default(false).describe('Keep the values looked up beside those taken.'),
})

const values = {
  fields,
  translate: z
    .record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])))
    .optional()
    .describe('Values of the rows that each value of the parameter means; a value not named here means itself.'),
  through: z.array(through).default([]).describe('Translations of the values through other datasets, in turn.'),
  absent: z
    .string()
    .optional()
    .describe('Value (after translation) that rows without any of the fields count as having.'),
  exclude: z
    .strictObject({
      parameter: z.string().describe('Parameter that decides.'),
      is: z.string().describe('Its value that turns the filter round.'),
    })
    .optional()
    .describe('Keep the other rows instead when a parameter has a given value.'),
}

const bound = {
  field: field.describe('Field that is compared: a number, or an instant when the parameter is one.'),
  factor: z
    .strictObject({
      parameter: z.string().describe('Parameter that chooses the factor.'),
      values: z.record(z.string(), z.number()).describe('Factor for each of its values.'),
    })
    .optional()
    .describe('What the value is multiplied by before it is compared.'),
  absent: z.enum(['drop', 'keep']).default('drop').describe('What happens to rows without the field.'),
}

const centre = z.union([
  z.strictObject({
    dataset: z.string().describe('Dataset of places, e.g. communes.'),
    key: field.describe('Its field that the parameter names.'),
    latitude: field.describe('Its field with the latitude in degrees.'),
    longitude: field.describe('Its field with the longitude in degrees.'),
  }),
  z.strictObject({
    longitudeParameter: z.string().describe('The other parameter: this one is the latitude, that one the longitude.'),
  }),
])

export const filterShape = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('equal').describe('The field equals the value, or one of the list.'), ...values }),
  z.strictObject({
    by: z.literal('prefix').describe('The field begins with the value, or one of the list.'),
    ...values,
  }),
  z.strictObject({
    by: z
      .literal('words')
      .describe('Every word is the beginning of a word of one of the fields, whatever its case and accents.'),
    fields: z
      .record(field, z.number().positive())
      .describe('Fields that are searched, each with its weight in `$relevance`.'),
    any: z
      .strictObject({
        parameter: z.string().describe('Parameter that decides.'),
        is: z.string().describe('Its value that asks for any of the words instead of all.'),
      })
      .optional()
      .describe('One word is enough when a parameter has a given value.'),
  }),
  z.strictObject({ by: z.literal('atLeast').describe('The field is the value or more.'), ...bound }),
  z.strictObject({ by: z.literal('atMost').describe('The field is the value or less.'), ...bound }),
  z.strictObject({
    by: z.literal('lastDays').describe('The field, an instant, is at most that many days old.'),
    field: field.describe('Field that is compared.'),
  }),
  z.strictObject({
    by: z.literal('latest').describe('When the parameter is `true`: the field has its greatest value of the dataset.'),
    field: field.describe('Field that is compared, a text or a number.'),
  }),
  z.strictObject({
    by: z.literal('near').describe('The row lies within a distance of the place, or of one of the list.'),
    latitude: field.describe("Field of the row's latitude in degrees."),
    longitude: field.describe("Field of the row's longitude in degrees."),
    same: field
      .optional()
      .describe(
        'Field that holds the very value when the row is of that place: then it is kept whatever its position.',
      ),
    centre: centre.describe('Where the place lies.'),
    distance: z
      .strictObject({
        parameter: z.string().optional().describe('Parameter that gives the distance, in kilometres.'),
        default: z.number().nonnegative().describe('Kilometres when it is absent.'),
      })
      .describe('How far.'),
  }),
])

export type FilterDeclaration = z.infer<typeof filterShape>
export type ThroughDeclaration = z.infer<typeof through>
