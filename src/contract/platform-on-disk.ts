import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files by path; null leaves one out. */
export type Files = Readonly<Record<string, string | null>>

/** For tests: a small platform without a mistake, in a folder of platforms called `house`. */
export const soundPlatform = {
  'house/platform.yaml': `id: house
title: { fr: Maison, en: House }
dialect: standard
realms:
  people: { flows: [client_credentials] }
path: /house/{sandbox:test?}{api}/v{version}/{resource*}
sandbox_scope: { from: api_, to: api_test }
`,
  'house/apis/books/1/api.yaml': `code: books
version: "1"
realm: people
scopes:
  required: [api_books, reading]
  described:
    reading: { fr: Lire, en: Read }
quotas:
  - { key: application+api, limit: 4, periodSeconds: 1 }
upstreams: { production: [{ url: "https://books.example/v1" }], sandbox: sandbox }
`,
  'house/apis/books/1/openapi.yaml': `openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
paths:
  /books:
    get:
      operationId: listBooks
      parameters:
        - { name: author, in: query, schema: { type: string } }
      responses:
        "200":
          description: Books
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Book" } }
              example:
                - { title: Candide, pages: 120 }
  /books/{id}:
    get:
      operationId: readBook
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: A book
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Book" }
        "404": { description: None }
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        title: { type: string }
        pages: { type: integer }
        sequel: { $ref: "#/components/schemas/Book" }
`,
  'house/apis/books/1/sandbox/candide.yaml': `title: Candide
operation: readBook
params: { id: "1" }
status: 200
payload: { title: Candide, pages: 120 }
`,
  'house/personas/ada.yaml': `realm: people
sub: "0001"
name: Ada Exemple
situation: { fr: Lectrice, en: Reader }
`,
} as const satisfies Files

/** Writes files under a temporary folder, gives the folder to `work`, and removes it. */
export async function onDisk<T>(files: Files, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'portique-platforms-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      if (text === null) continue
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
