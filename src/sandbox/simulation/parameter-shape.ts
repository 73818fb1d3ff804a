import { z } from 'zod'
import { filterShape } from './filter-shape.js'

export const parameterShape = z.strictObject({
  at: z
    .enum(['query', 'path', 'body', 'header'])
    .default('query')
    .describe('Where it is read; in the body its name is a dotted path. Repeated in the query: the first counts.'),
  aliases: z.array(z.string()).default([]).describe('Other names that mean the same, tried in turn.'),
  required: z.boolean().default(false).describe('A call without it is refused (`texts.required`).'),
  default: z.string().optional().describe('Value when it is absent or empty.'),
  type: z
    .enum(['text', 'list', 'boolean', 'integer', 'decimal', 'instant', 'date', 'hhmm'])
    .default('text')
    .describe(
      'How it is read: `list` is texts between separators, `instant` an ISO 8601 date and time in UTC, `hhmm` a duration such as 3530, compared in minutes. Anything else is refused (`texts.format`).',
    ),
  separator: z.string().min(1).default(',').describe('What stands between the entries of a list.'),
  repeat: z.boolean().default(false).describe('A list may also be given by repeating the parameter.'),
  most: z.int().positive().optional().describe('Entries of a list at most.'),
  shortest: z.int().positive().optional().describe('Characters of a text, or of each entry of a list, at least.'),
  longest: z.int().positive().default(500).describe('Characters of the whole parameter at most.'),
  pattern: z.string().optional().describe('Regular expression that a text, or each entry of a list, must match whole.'),
  least: z.number().optional().describe('Least number.'),
  greatest: z.number().optional().describe('Greatest number.'),
  oneOf: z
    .array(z.string())
    .optional()
    .describe(
      'The only values there are; they are also what `{expected}` says. Anything else is refused (`texts.format`).',
    ),
  known: z
    .strictObject({
      dataset: z.string().describe('Dataset of known values.'),
      field: z.string().describe('Its field that holds them.'),
      also: z.array(z.string()).default([]).describe('Other values that are known.'),
    })
    .optional()
    .describe('The value, or each of the list, must stand in a dataset; anything else is refused (`texts.value`).'),
  expected: z.string().optional().describe('What `{expected}` says in `texts.format`.'),
  needs: z.array(z.string()).default([]).describe('Parameters that must come with it (`texts.together`).'),
  notAfter: z.string().optional().describe('Parameter, of the same type, that it must not be beyond (`texts.order`).'),
  texts: z
    .strictObject({
      format: z.string().optional().describe('Instead of the general `format`.'),
      value: z.string().optional().describe('Instead of the general `value`.'),
      required: z.string().optional().describe('Instead of the general `required`.'),
      together: z.string().optional().describe('Instead of the general `together`.'),
      order: z.string().optional().describe('Instead of the general `order`.'),
    })
    .default({})
    .describe('Texts of its own for refusals.'),
  group: z.string().optional().describe('Filters of one group are joined by OR; everything else by AND.'),
  filter: filterShape.optional().describe('Which rows it keeps; without it the parameter is only checked.'),
})

export type ParameterDeclaration = z.infer<typeof parameterShape>
export type ParameterTexts = ParameterDeclaration['texts']
