import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ApiVersion, Json, Operation } from '#contract'
import { createSandbox } from './create-sandbox.js'
import { loadWhole, openWire } from './fixtures/wire.fixture.js'

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false })
addFormats.default(ajv)

/** The call that the contract's own examples make. */
function exampleCall({ path, method, definition }: Operation): {
  path: string
  body: Json | undefined
  method: string
  headers: Record<string, string>
} {
  const parameters = definition.parameters ?? []
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const example = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.example
    return encodeURIComponent(String(example))
  })
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true)
  const query = required.map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`).join('&')
  const named = parameters.filter((parameter) => parameter.in === 'header' && parameter.required === true)
  const headers = Object.fromEntries(named.map(({ name, example }) => [name, String(example)]))
  const media = definition.requestBody?.content?.['application/json']
  const body = Object.values(media?.examples ?? {})[0]?.value ?? media?.example
  return { path: query === '' ? filled : `${filled}?${query}`, body, method, headers }
}

const platform = await loadWhole()
const { apis } = platform
const sandbox = createSandbox({ clock: () => Date.UTC(2026, 2, 15), platforms: [platform] })

async function check(api: ApiVersion, operation: Operation) {
  const subject = platform.personas.find(({ realm }) => realm === api.realm)?.sub
  // The gateway lets no call through without the scopes that the API requires.
  const scopes = new Set(api.scopes.production)
  const wire = await openWire(sandbox, api, () => (subject === undefined ? { scopes } : { scopes, subject }))
  try {
    const { path, body, method, headers } = exampleCall(operation)
    const post =
      body === undefined
        ? { headers }
        : { body: JSON.stringify(body), headers: { ...headers, 'Content-Type': 'application/json' } }
    const response = await fetch(`${wire.url}${path}`, { method, ...post })
    const declared = operation.definition.responses?.[String(response.status)]
    const text = await response.text()
    assert.ok(response.status < 500 && declared !== undefined, `${path}: ${response.status} is not declared`)
    const schema = declared.content?.['application/json']?.schema
    if (text === '' || schema === undefined) return
    const validate = ajv.compile(schema)
    assert.ok(validate(JSON.parse(text)), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`)
  } finally {
    await wire.close()
  }
}

describe('the simulation keeps to the contract', () => {
  for (const api of apis)
    for (const operation of api.operations) it(`${api.code} ${operation.id}`, () => check(api, operation))
})
