import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A small API of one's own, as a provider would write it. */
export const lieuxDocument = `openapi: 3.1.0
info: { title: Lieux, version: 1.2.0 }
paths:
  /lieux:
    get:
      operationId: listerLieux
      parameters: [{ name: commune, in: query, schema: { type: string } }]
      responses:
        "200":
          description: Les lieux.
          content:
            application/json:
              schema: { type: object, required: [lieux], properties: { lieux: { type: array, items: { type: string } } } }
              example: { lieux: [bibliotheque] }
    post:
      operationId: proposerLieu
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "201": { description: Reçu. } }
`

/** Writes the document into a folder; resolves to its path. */
export function writeLieux(folder: string, document = lieuxDocument): string {
  const file = join(folder, 'lieux.yaml')
  writeFileSync(file, document)
  return file
}
