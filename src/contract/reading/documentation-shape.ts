import { z } from 'zod'
import { textShape } from './text-shape.js'

const cells = z.array(textShape).min(1).max(12)

const noteShape = z
  .strictObject({
    title: textShape.describe('Heading of the note.'),
    text: z.array(textShape).default([]).describe('Paragraphs.'),
    list: z.array(textShape).default([]).describe('Points, below the paragraphs.'),
    table: z
      .strictObject({
        head: cells.describe('Headings of the columns.'),
        rows: z.array(cells).min(1).describe('Rows, each with a cell for every heading.'),
      })
      .refine(
        ({ head, rows }) => rows.every((row) => row.length === head.length),
        'a row of another length than the head',
      )
      .optional()
      .describe('`{ head: […], rows: [[…]] }`, below the points.'),
    heed: z.boolean().default(false).describe('Whether readers must heed it: true or false.'),
  })
  .describe('What there is to know: a heading, then paragraphs, points and a table.')

/** `documentation.yaml` of a platform. */
export const documentationShape = z
  .strictObject({
    lead: textShape.optional().describe('What the platform is for, in one or two sentences.'),
    subjects: z
      .array(
        z.strictObject({
          title: textShape.describe('What the data are about.'),
          provider: textShape.describe('Who provides them.'),
          data: textShape.describe('What is given, in a few words.'),
          availability: textShape.describe('From when on, or that it is there.'),
          apis: z
            .array(z.string().min(1))
            .min(1)
            .describe('The API versions that give it, the one to take first: `<code>/<version>`.'),
          notes: z.array(noteShape).default([]).describe('Notes on the data, on the page of each of its APIs.'),
        }),
      )
      .default([])
      .describe('The table of the platform: one row a subject. APIs that no subject names stand below it.'),
    order: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Codes of the APIs that people look for most, first among those that no subject names; the others follow by title.',
      ),
    notes: z.array(noteShape).default([]).describe('Notes on the whole, on the page of the platform.'),
  })
  .describe('What people read of a platform beside its contracts, in both languages.')

export type DocumentationSettings = z.infer<typeof documentationShape>
