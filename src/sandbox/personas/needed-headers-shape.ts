import { z } from 'zod'
import { answerShape } from '../simulation/answer-shape.js'

export const neededHeadersShape = z.strictObject({
  headers: z.array(z.string().min(1)).min(1).describe('Their names.'),
  missing: answerShape.describe('Answer when one of them is missing.'),
  empty: answerShape.describe('Answer when one of them is empty.'),
})

export type NeededHeadersDeclaration = z.infer<typeof neededHeadersShape>
