import {
  framesBody,
  type Json,
  type JsonObject,
  type MediaDefinition,
  type Operation,
  type ResponseDefinition,
  type UpstreamResponse,
} from '#contract'
import { isObject } from '../simulation/field.js'
import { preferredType } from './accept.js'
import type { Preference } from './preference.js'
import { synthesise } from './synthesise.js'

export interface ExampleWish {
  readonly accept: string | undefined
  readonly prefer: Preference
}

/** The contract's own example for an operation, or one made from its schema; null when it declares no response. */
export function exampleAnswer(operation: Operation, { accept, prefer }: ExampleWish): UpstreamResponse | null {
  const responses = operation.definition.responses ?? {}
  const chosen = choose(responses, prefer)
  if (chosen === null) return null
  const { status, definition } = chosen
  const headers = exampleHeaders(definition.headers)
  if (chosen.preferred) headers.push('Preference-Applied', `code=${status}`)
  const body = status === 204 || status === 304 ? null : exampleBody(definition, { accept, prefer })
  return body === null
    ? { status, headers, body: null }
    : { status, headers: [...headers, 'Content-Type', body.type], body: body.bytes }
}

interface Chosen {
  readonly status: number
  readonly definition: ResponseDefinition
  readonly preferred: boolean
}

function choose(responses: Readonly<Record<string, ResponseDefinition>>, { code }: Preference): Chosen | null {
  const own = code !== undefined && Object.hasOwn(responses, code) ? responses[code] : undefined
  if (own !== undefined && /^[2-5]\d\d$/.test(code ?? ''))
    return { status: Number(code), definition: own, preferred: true }
  const codes = Object.keys(responses)
  const usual =
    ['200', '201', '202', '204'].find((status) => codes.includes(status)) ??
    codes.find((status) => /^2(\d\d|XX)$/i.test(status)) ??
    codes.find((status) => status === 'default') ??
    codes[0]
  const definition = usual === undefined ? undefined : responses[usual]
  if (usual === undefined || definition === undefined) return null
  return { status: /^\d{3}$/.test(usual) ? Number(usual) : 200, definition, preferred: false }
}

function exampleBody({ content }: ResponseDefinition, { accept, prefer }: ExampleWish) {
  const media = Object.entries(content ?? {})
  const bodies = media.flatMap(([type, definition]) => {
    const bytes = bytesOf(type, mediaExample(definition, prefer))
    return bytes === null ? [] : [{ type, bytes }]
  })
  // No type that suits: the first one all the same, which RFC 9110 section 12.5.1 allows and integrators expect of a double.
  const type = preferredType(
    accept,
    bodies.map((body) => body.type),
  )
  return bodies.find((body) => body.type === type) ?? bodies[0] ?? null
}

function mediaExample(media: MediaDefinition, { example }: Preference): Json {
  const examples = media.examples ?? {}
  const named = example !== undefined && Object.hasOwn(examples, example) ? examples[example]?.value : undefined
  return named ?? media.example ?? Object.values(examples)[0]?.value ?? synthesise(media.schema)
}

/** JSON types leave as JSON; of any other type only a text can be written as it stands. */
function bytesOf(type: string, value: Json): Uint8Array | null {
  if (/^application\/([\w.+-]+\+)?json\b/i.test(type) || type === '*/*') return Buffer.from(JSON.stringify(value))
  return typeof value === 'string' ? Buffer.from(value) : null
}

function exampleHeaders(headers: JsonObject | undefined): string[] {
  return Object.entries(headers ?? {}).flatMap(([name, definition]) => {
    if (!isObject(definition) || name.toLowerCase() === 'content-type' || framesBody(name)) return []
    const own = definition.example ?? (isObject(definition.schema) ? definition.schema.example : undefined)
    return own === undefined || typeof own === 'object' ? [] : [name, String(own)]
  })
}
