import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { checkPlatforms } from './check-platforms.js'
import { formatMistakes } from './format-mistakes.js'
import { loadPlatforms } from './load-platforms.js'
import { type Files, onDisk, soundPlatform } from './platform-on-disk.js'

const documentFile = 'house/apis/books/1/openapi.yaml'
const caseFile = 'house/apis/books/1/sandbox/candide.yaml'
const toldOf = (files: Files) =>
  onDisk({ ...soundPlatform, ...files }, async (folder) => {
    const { mistakes } = await checkPlatforms(folder)
    return mistakes.map(({ file, line, column, reason }) => `${file.split('/').at(-1)}:${line}:${column} ${reason}`)
  })
const document = (from: string, to: string) => {
  const text = soundPlatform[documentFile]
  assert.ok(text.includes(from))
  return { [documentFile]: text.replace(from, to) }
}

describe('the deep check', () => {
  it('finds nothing in a sound folder, whole or of one platform', async () => {
    assert.deepEqual(await toldOf({}), [])
    await onDisk(soundPlatform, async (folder) => {
      const { platforms, mistakes } = await checkPlatforms(`${folder}/house`)
      assert.deepEqual([platforms.length, mistakes.length], [1, 0])
    })
  })

  it('waits for no pipe', { skip: process.platform === 'win32' }, () =>
    onDisk(soundPlatform, async (folder) => {
      execFileSync('mkfifo', [`${folder}/house/apis/books/1/sandbox/pipe.yaml`])
      const { mistakes } = await checkPlatforms(folder)
      assert.deepEqual(
        mistakes.map(({ file, reason }) => [file.split('/').at(-1), reason]),
        [['pipe.yaml', 'not a regular file']],
      )
    }),
  )

  it('holds documents against the official schema of OpenAPI', async () => {
    assert.deepEqual(await toldOf(document('title: Books, version: 1.0.0', 'title: Books')), [
      'openapi.yaml:2:7 the document at "info": the key "version" is missing',
    ])
    assert.deepEqual(await toldOf(document('operationId: listBooks', 'operationId: listBooks\n      sumary: All')), [
      'openapi.yaml:7:15 the document at "paths./books.get.sumary": an unknown key',
    ])
  })

  it('tells each mistake of a document once, with its mend', async () => {
    const mended = (from: string, to: string) =>
      onDisk({ ...soundPlatform, ...document(from, to) }, async (folder) => {
        const { mistakes } = await checkPlatforms(folder)
        return mistakes.map(({ line, column, reason, mend }) => `${line}:${column} ${reason} → ${mend}`)
      })
    assert.deepEqual(await mended('in: query, schema: { type: string }', 'in: query'), [
      '8:11 the document at "paths./books.get.parameters.0": one of the keys "schema", "content" is missing → Add "schema" or "content".',
    ])
    assert.deepEqual(await mended('description: Books', 'descripton: Books'), [
      '11:23 the document at "paths./books.get.responses.200.descripton": an unknown key → Did you mean "description"?',
    ])
    const schemes =
      'components:\n  securitySchemes:\n    key: { type: apikey, in: header, name: X }\n    flow: { type: oauth2, flows: { clientCredentials: { scopes: {} } } }\n'
    assert.deepEqual(await mended('components:\n', schemes), [
      '31:18 the document at "components.securitySchemes.key.type": must be one of "apiKey", "http", "mutualTLS", "oauth2", "openIdConnect" → Did you mean "apiKey"?',
      '32:55 the document at "components.securitySchemes.flow.flows.clientCredentials": the key "tokenUrl" is missing → Add "tokenUrl".',
    ])
    assert.deepEqual(await mended('operationId: listBooks', 'operationId: listBooks\n      tags: all'), [
      '7:13 the document at "paths./books.get.tags": must be array → Write a list here.',
    ])
  })

  it('tells the mistakes of settings and cases while the contract does not read, and blames no case for it', async () => {
    const wrong = {
      [caseFile]: soundPlatform[caseFile].replace('status: 200', 'status: 999'),
      'house/apis/books/1/api.yaml': soundPlatform['house/apis/books/1/api.yaml'].replace(
        'realm: people',
        'realm: ppl',
      ),
    }
    for (const unreadable of [{ [documentFile]: '[' }, document('openapi: 3.1.0', 'swagger: "2.0"')]) {
      const told = await toldOf({ ...wrong, ...unreadable })
      assert.match(told.join('\n'), /^api\.yaml:3:8 the platform has no realm "ppl"$/m)
      assert.match(told.join('\n'), /^candide\.yaml:4:9 "status": too big/m)
      assert.match(told.join('\n'), /^openapi\.yaml/m)
    }
    assert.deepEqual(await toldOf(document('required: true', 'required: ever')), [
      'openapi.yaml:21:43 "paths./books/{id}.get.parameters[0].required" is a text ("ever") where true or false is expected',
    ])
  })

  it('holds schemas against JSON Schema', async () => {
    const told = await toldOf(document('pages: { type: integer }', 'pages: { type: int }'))
    assert.match(told[0] ?? '', /^openapi\.yaml:36:24 the schema at "properties\.pages\.type"/)
  })

  it('a pattern that is no regular expression is a mistake, never an exception', async () => {
    const told = await toldOf(document('title: { type: string }', 'title: { type: string, pattern: "(" }'))
    assert.match(told.join(), /pattern|regular expression/i)
  })

  it('holds examples against their schemas, by place', async () => {
    assert.deepEqual(await toldOf(document('- { title: Candide, pages: 120 }', '- { title: Candide, pages: many }')), [
      'openapi.yaml:16:44 the example breaks its schema at "0.pages": must be integer',
    ])
    assert.deepEqual(await toldOf(document('schema: { type: string } }', 'schema: { type: string }, example: 12 }')), [
      'openapi.yaml:8:73 the example breaks its schema: must be string',
    ])
  })

  it('holds payloads against the contract, through references and cycles', async () => {
    const payload = (text: string) => ({
      [caseFile]: soundPlatform[caseFile].replace(/payload: .*/, `payload: ${text}`),
    })
    assert.deepEqual(await toldOf(payload('{ pages: 1 }')), [
      'candide.yaml:5:10 the payload breaks the contract (readBook, 200): the key "title" is missing',
    ])
    assert.deepEqual(await toldOf(payload('{ title: A, sequel: { title: B, pages: x } }')), [
      'candide.yaml:5:49 the payload breaks the contract (readBook, 200) at "sequel.pages": must be integer',
    ])
    assert.deepEqual(await toldOf(payload('{ title: A, sequel: { title: B, pages: 3 } }')), [])
    assert.match((await toldOf(payload('\'{ "title": 3 }\''))).join(), /must be string/)
  })

  it('a payload where the contract declares no body is a mistake', async () => {
    const told = await toldOf({ [caseFile]: soundPlatform[caseFile].replace('status: 200', 'status: 404') })
    assert.match(told.join(), /declares no body for the answer 404/)
  })

  it('reads OpenAPI 3.0 in its own terms: nullable and exclusive bounds', async () => {
    const old = soundPlatform[documentFile]
      .replace('openapi: 3.1.0', 'openapi: 3.0.3')
      .replace(
        'pages: { type: integer }',
        'pages: { type: integer, nullable: true, minimum: 0, exclusiveMinimum: true }',
      )
    const payload = (pages: string) => ({
      [documentFile]: old,
      [caseFile]: soundPlatform[caseFile].replace('pages: 120', `pages: ${pages}`),
    })
    assert.deepEqual(await toldOf(payload('null')), [])
    assert.match((await toldOf(payload('0'))).join(), /must be > 0/)
  })

  it('the start does not pay for what only the check looks at', () =>
    onDisk({ ...soundPlatform, ...document('pages: 120', 'pages: many') }, async (folder) => {
      assert.deepEqual((await loadPlatforms(folder)).mistakes, [])
    }))
})

describe('mistakes on a terminal', () => {
  it('say file, place, reason and mend, and pass no control character on', () => {
    const mistake = { file: 'a.yaml', line: 2, column: 3, reason: 'bad \u001b[31m', mend: 'Mend it.' }
    assert.equal(formatMistakes([mistake]), 'a.yaml:2:3\n  bad �[31m\n  → Mend it.')
    assert.equal(formatMistakes([]), '')
  })
})

describe('the platforms that are shipped', () => {
  it('have no mistake', async () => {
    const { platforms, mistakes } = await checkPlatforms('platforms')
    assert.equal(formatMistakes(mistakes), '')
    assert.deepEqual(
      platforms.map(({ id }) => id),
      ['api-particulier', 'demo', 'france-travail'],
    )
  })
})
