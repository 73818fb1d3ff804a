import { z } from 'zod'

const field = z.string().min(1)
const file = z
  .string()
  .regex(
    /^(\.\.\/\.\.\/[\w-]+\/[\w-]+\/)?[\w-][\w.-]*(\/[\w-][\w.-]*)*\.(jsonl|json)$/,
    'a relative path inside the folder of the API (or `../../<code>/<version>/…`) to a .json or .jsonl file',
  )

const derivedShape = z.strictObject({
  from: field.describe('Field that is read, a dotted path; a list on the way means each of its entries.'),
  match: z
    .string()
    .describe(
      'Regular expression; the derived value is its groups one after the other, or the whole match when it has none.',
    ),
  number: z
    .boolean()
    .default(false)
    .describe('The group is a number: blanks dropped, a comma read as the decimal point.'),
  values: z
    .record(z.string(), z.string())
    .optional()
    .describe('Text that takes the place of each text of that group; another text gives no value.'),
  factor: z
    .strictObject({
      match: z.string().describe('Regular expression on the same text; its first group chooses the factor.'),
      values: z
        .record(z.string(), z.number())
        .describe('Factor for each text of that group; another text gives no value.'),
    })
    .optional()
    .describe('What the number is multiplied by, e.g. to bring hourly and monthly pay to a year.'),
})

const joinShape = z.strictObject({
  file: file.describe('File of the other rows.'),
  key: field.describe('Field that both rows share.'),
})

export const datasetShape = z
  .strictObject({
    file: file
      .optional()
      .describe(
        "File beside this one, or of another API of the platform (`../../<code>/<version>/data/x.jsonl`): `.jsonl`, one object a line; `.json`, a list of objects, or one object whose members become rows `{ key, value }`. Read at the API's first call.",
      ),
    table: z
      .record(z.string(), z.json())
      .optional()
      .describe('A small dataset written here: each member becomes a row `{ key, value }`.'),
    join: z
      .record(field, joinShape)
      .default({})
      .describe(
        'Rows of other files, found by a field that both share; they stand under this name and never leave in an answer.',
      ),
    instants: z
      .record(field, z.enum(['seconds', 'milliseconds', 'day', 'date', 'time', 'local']))
      .default({})
      .describe(
        'Fields that hold an ISO 8601 duration such as `-P3DT4H10M`: it becomes that instant, counted from the start of the sandbox, written as `seconds` (2026-01-31T08:00:00Z), `milliseconds` (2026-01-31T08:00:00.000Z), `day` (2026-01-31T00:00:00.000Z), `date` (2026-01-31), `time` (08:00) or `local` (2026-01-31T08:00:00). Anything else stays as it is.',
      ),
    derived: z
      .record(field, derivedShape)
      .default({})
      .describe('Fields made from others once, for filters and sorting; they never leave in an answer.'),
    hidden: z
      .array(field)
      .default([])
      .describe('Top-level fields for filters and sorting only; they never leave in an answer.'),
  })
  .refine((dataset) => (dataset.file === undefined) !== (dataset.table === undefined), 'either `file` or `table`')

export type DatasetDeclaration = z.infer<typeof datasetShape>
export type DerivedDeclaration = z.infer<typeof derivedShape>
