import { z } from 'zod'
import { answerShape } from './answer-shape.js'
import { datasetShape } from './dataset-shape.js'
import { operationShape } from './operation-shape.js'

const refusalShape = answerShape.extend({
  texts: z
    .strictObject({
      format: z.string().default('{name}: {expected}').describe('Wrong form: `{name}`, `{expected}`.'),
      value: z.string().default('{name}').describe('Unknown value: `{name}`.'),
      required: z.string().default('{name}').describe('Missing: `{name}`.'),
      together: z.string().default('{name}, {others}').describe('Another parameter is missing: `{name}`, `{others}`.'),
      order: z.string().default('{name}, {others}').describe('Beyond the other parameter: `{name}`, `{others}`.'),
      body: z.string().default('JSON').describe('The body is not what the contract asks for: `{name}` is the place.'),
    })
    .describe('What `$message` says.'),
  expected: z
    .partialRecord(z.enum(['text', 'list', 'boolean', 'integer', 'decimal', 'instant', 'date', 'hhmm']), z.string())
    .default({})
    .describe('What `{expected}` says for each type of parameter that does not say it itself.'),
  or: z.string().default('ou').describe('Word before the last of the values that `{expected}` lists.'),
})

/** `simulation.yaml`: how the sandbox of one API version answers from data. */
export const simulationShape = z.strictObject({
  refusal: refusalShape.describe('How a wrong request is answered; `$status` and `$message` stand in its body.'),
  datasets: z.record(z.string(), datasetShape).default({}).describe('Data of the simulation, by name.'),
  operations: z
    .record(z.string(), operationShape)
    .default({})
    .describe(
      "Simulated operations, by the contract's `METHOD /path` or its `operationId`; exactly one kind each. Others answer with the contract's examples.",
    ),
})

export type SimulationDeclaration = z.infer<typeof simulationShape>
export type RefusalDeclaration = SimulationDeclaration['refusal']
