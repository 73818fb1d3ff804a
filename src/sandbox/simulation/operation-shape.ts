import { z } from 'zod'
import type { Json } from '#contract'
import { peopleShape } from '../personas/people-shape.js'
import { personaShape } from '../personas/persona-shape.js'
import { answerShape } from './answer-shape.js'
import { parameterShape } from './parameter-shape.js'

const json: z.ZodType<Json> = z.json()

const rangePaging = z.strictObject({
  by: z.literal('range').describe('`first-last`, both counted from 0.'),
  parameter: z.string().describe('Query parameter that holds the range.'),
  size: z.int().positive().describe('Rows when it is absent.'),
  longest: z.int().positive().describe('Rows of one range at most.'),
  startMost: z.int().nonnegative().describe('Greatest first row.'),
  texts: z
    .strictObject({
      format: z.string().describe('Refusal of anything that is not a range, or ends before it begins.'),
      start: z.string().describe('Refusal of a start beyond `startMost`.'),
      longest: z.string().describe('Refusal of a range that is too long.'),
    })
    .describe('Its refusals.'),
})

const pagePaging = z.strictObject({
  by: z.literal('page').describe('A page number and a size.'),
  page: z.string().describe('Query parameter of the page.'),
  start: z.int().min(0).max(1).default(0).describe('Number of the first page.'),
  size: z.string().describe('Query parameter of the size.'),
  default: z.int().positive().describe('Size when it is absent.'),
  longest: z.int().positive().describe('Greatest size; a greater one is refused (`texts.format`).'),
})

const aggregationShape = z.strictObject({
  entry: json.describe('Template of one aggregation: `$name`, `$values`.'),
  value: json.describe('Template of one of its values: `$value`, `$count`.'),
  of: z.record(z.string(), z.string()).describe('Name of each aggregation, and the field whose values it counts.'),
})

const collectionShape = z.strictObject({
  dataset: z.string().describe('Rows that are searched.'),
  only: z
    .record(z.string(), z.string())
    .default({})
    .describe('Fields and the value they must have for a row to be searched at all.'),
  parameters: z
    .record(z.string(), parameterShape)
    .default({})
    .describe('Parameters, checked in this order; others are ignored.'),
  sort: z
    .strictObject({
      parameter: z.string().optional().describe('Parameter that chooses the order.'),
      default: z.string().describe('The order without it.'),
      orders: z
        .record(z.string(), z.array(z.string()))
        .describe(
          'Keys of each order: a field, `-field` for descending, `$relevance` (best first) or `$distance` (nearest first). Equal rows keep the order of the dataset.',
        ),
    })
    .optional()
    .describe('Order of the rows; without it, that of the dataset.'),
  paging: z
    .discriminatedUnion('by', [rangePaging, pagePaging])
    .optional()
    .describe('How a part is asked for; without it, all rows.'),
  aggregations: aggregationShape.optional().describe('Counts over all rows found.'),
  projection: z
    .strictObject({
      parameter: z.string().describe('Query parameter such as `champs=code,libelle,metier(code)`.'),
      default: z.string().optional().describe('Projection without it; none: whole rows.'),
    })
    .optional()
    .describe('Which fields of a row leave; a field that rows lack is ignored.'),
  optional: z
    .record(z.string(), z.string())
    .default({})
    .describe('Top-level fields that leave only when a boolean query parameter is `true`: field, then parameter.'),
  without: z.array(z.string()).default([]).describe('Top-level fields that this operation leaves out.'),
  whole: answerShape.describe('Answer that holds every row found.'),
  part: answerShape.optional().describe('Answer that holds some of the rows found; `whole` unless given.'),
  none: answerShape
    .optional()
    .describe('Answer when nothing is found or the part asked for lies past the end; `whole` unless given.'),
})

const limited = z.strictObject({
  parameter: z.string().describe('Place in the body, a dotted path.'),
  default: z.number().describe('Value when it is absent.'),
})

const predictionShape = z.strictObject({
  dataset: z.string().describe('Rows among which the likeness is sought.'),
  among: z.array(z.string()).min(1).describe('Fields of a row that are compared; the best counts.'),
  parameters: z
    .record(z.string(), parameterShape)
    .default({})
    .describe('Parameters, checked in this order; others are ignored.'),
  inputs: z.string().describe('Place of the list of inputs in the body, a dotted path; it must hold at least one.'),
  most: z.int().positive().describe('Inputs at most.'),
  text: z.string().describe('Field of an input that holds its text; an input without it is refused.'),
  results: limited.describe('Matches of one input at most.'),
  threshold: limited.describe('Least score of a match, from 0 to 1.'),
  input: json.describe('Template of the answer to one input: `$input.a`, `$matches`.'),
  match: json.describe('Template of one match: `$row.a.b`, `$score`.'),
  distinct: z.string().optional().describe('Field of a row of which the matches of one input show each value once.'),
  answer: answerShape.describe('Answer; `$inputs` in its body is the list of the above.'),
})

export const operationShape = z.strictObject({
  collection: collectionShape.optional().describe('Searches rows and answers with all, some or one of them.'),
  prediction: predictionShape.optional().describe('Finds for each text of the body the rows that are most like it.'),
  persona: personaShape.optional().describe("Answers with what the platform's personas say of one person."),
  people: peopleShape.optional().describe('Finds a person among the personas, and gives a token that stands for them.'),
})

export type CollectionDeclaration = z.infer<typeof collectionShape>
export type PagingDeclaration = NonNullable<CollectionDeclaration['paging']>
export type AggregationDeclaration = z.infer<typeof aggregationShape>
export type SortDeclaration = NonNullable<CollectionDeclaration['sort']>
export type PredictionDeclaration = z.infer<typeof predictionShape>
export type OperationDeclaration = z.infer<typeof operationShape>
