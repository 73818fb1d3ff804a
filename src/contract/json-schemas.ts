import { z } from 'zod'
import { adapterShape } from './adapter/adapter-shape.js'
import { conversions } from './adapter/conversion.js'
import { apiShape } from './reading/api-shape.js'
import { caseShape } from './reading/case-shape.js'
import { documentationShape } from './reading/documentation-shape.js'
import { personaShape } from './reading/persona-shape.js'
import { platformShape } from './reading/platform-shape.js'

const schemaOf = (shape: z.ZodType) => z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })

/** JSON Schemas (2020-12) of what an operator writes, made from the shapes that check it. */
export const jsonSchemas = () => ({
  'platform.yaml': schemaOf(platformShape),
  'api.yaml': schemaOf(apiShape),
  'adapter.yaml': schemaOf(adapterShape),
  'sandbox/*.yaml': schemaOf(caseShape),
  'personas/*.yaml': schemaOf(personaShape),
  'documentation.yaml': schemaOf(documentationShape),
})

/** The closed list of an adapter's conversions, for the reference. */
export const conversionList = (): readonly {
  readonly name: string
  readonly does: string
  readonly example: string
}[] => Object.entries(conversions).map(([name, { does, example }]) => ({ name, does, example }))
