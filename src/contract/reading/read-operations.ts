import { z } from 'zod'
import type { HttpMethod, Operation, OperationDefinition, PathSegment } from '../api.js'
import type { Json, JsonObject } from '../json.js'
import type { Mistake } from '../mistake.js'
import { callRulesShape, errorCodeShape, ruleMistakes } from './call-rules-shape.js'
import { isRecord } from './keywords.js'
import { ownAnswerShape } from './own-answer-shape.js'
import { checkShape, mistakeAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'

const methods: readonly HttpMethod[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']
const besideMethods = new Set(['parameters', 'summary', 'description', 'servers', '$ref'])

const word = z.string().regex(/^[a-z][a-z0-9-]*$/, 'not a word in lower case, with hyphens')
const mediaShape = z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()).optional() }))
const rightShape = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'not lower-case letters, digits and hyphens')
  .describe('A right that a habilitation gives beside scopes, e.g. `sphere-educative`.')
const parametersShape = z.array(
  z.looseObject({
    name: z.string().min(1).describe('Name of the parameter.'),
    in: z.enum(['query', 'path', 'header', 'cookie']).describe('query, path, header or cookie.'),
    required: z.boolean().optional(),
    schema: z.record(z.string(), z.unknown()).optional(),
    'x-identity': word
      .optional()
      .describe('What it says of the person: family-name, given-names, …, or the kind of an identifier.'),
    'x-recipient': z.boolean().optional().describe('true: it holds the SIRET of the body for which the data are.'),
    'x-error-code': errorCodeShape.optional(),
    'x-right': rightShape.optional(),
  }),
)
const operationShape = z.looseObject({
  operationId: z.string().min(1).optional(),
  summary: z.string().optional(),
  'x-case-folders': z.array(z.string().min(1)).optional(),
  'x-right': rightShape.optional(),
  'x-person': z.string().min(1).optional().describe('The realm of the person in whose name the token was issued.'),
  'x-checks': callRulesShape.optional(),
  'x-answer': ownAnswerShape.optional(),
  parameters: parametersShape.optional(),
  requestBody: z.looseObject({ required: z.boolean().optional(), content: mediaShape.optional() }).optional(),
  responses: z
    .record(
      z.string().regex(/^([1-5](\d\d|XX)|default)$/, 'neither a status nor "default"'),
      z.looseObject({ description: z.string().optional(), content: mediaShape.optional() }),
    )
    .refine((responses) => Object.keys(responses).length > 0, 'declares no response')
    .describe('Answers by status, one at least.'),
})

/** The operations of a dereferenced document; `source.value` is that document, places are those of the file. */
export function readOperations(source: Source): {
  readonly operations: readonly Operation[]
  readonly mistakes: readonly Mistake[]
} {
  const mistakes: Mistake[] = []
  const operations: Operation[] = []
  const paths = isRecord(source.value) ? source.value.paths : undefined
  if (!isRecord(paths)) {
    return {
      operations,
      mistakes: [
        mistakeAt(source, ['paths'], { reason: 'there are no "paths"', mend: 'Add the paths of the API.', of: 'key' }),
      ],
    }
  }
  for (const [path, item] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue
    const segments = readSegments(path)
    if (typeof segments === 'string')
      mistakes.push(
        mistakeAt(source, ['paths', path], { reason: `the path "${path}": ${segments}`, mend: pathMend, of: 'key' }),
      )
    else if (!isRecord(item))
      mistakes.push(
        mistakeAt(source, ['paths', path], {
          reason: `the path "${path}" is no map of operations`,
          mend: 'Add an operation to it, such as "get".',
        }),
      )
    else readItem(source, { path, segments, item }, { operations, mistakes })
  }
  if (operations.length === 0 && mistakes.length === 0) {
    mistakes.push(
      mistakeAt(source, ['paths'], { reason: 'the API has no operation', mend: 'Add one under "paths".', of: 'key' }),
    )
  }
  return { operations, mistakes: [...mistakes, ...twins(source, operations)] }
}

interface Item {
  readonly path: string
  readonly segments: readonly PathSegment[]
  readonly item: Readonly<Record<string, unknown>>
}

function readItem(
  source: Source,
  { path, segments, item }: Item,
  found: { operations: Operation[]; mistakes: Mistake[] },
): void {
  const shared =
    item.parameters === undefined ? null : checkShape(parametersShape, source, ['paths', path, 'parameters'])
  found.mistakes.push(...(shared?.mistakes ?? []))
  for (const [key, definition] of Object.entries(item)) {
    const method = methods.find((candidate) => candidate.toLowerCase() === key)
    if (method === undefined) {
      if (!besideMethods.has(key) && !key.startsWith('x-')) found.mistakes.push(unknownMethod(source, path, key))
      continue
    }
    const at = ['paths', path, key]
    const wrong = checkShape(operationShape, source, at).mistakes
    found.mistakes.push(...wrong)
    if (wrong.length > 0 || (shared?.mistakes.length ?? 0) > 0 || !isJsonObject(definition)) continue
    const whole = withShared(definition, item.parameters)
    if (!isDefinition(whole)) continue
    found.mistakes.push(...parameterMistakes(source, at, { segments, definition: whole }))
    found.mistakes.push(
      ...ruleMistakes(source, at, { rules: whole['x-checks'] ?? [], parameters: whole.parameters ?? [] }),
    )
    found.operations.push({
      id: whole.operationId ?? defaultId(method, path),
      method,
      segments,
      path,
      definition: whole,
    })
  }
}

/** Decoded segments; a text says why the path cannot be routed. */
function readSegments(path: string): readonly PathSegment[] | string {
  if (!path.startsWith('/')) return 'it does not begin with "/"'
  if (/[?#\\\s]/.test(path)) return 'it holds a character that no path may hold'
  const parts = path === '/' ? [] : path.slice(1).split('/')
  const segments: PathSegment[] = []
  for (const [index, part] of parts.entries()) {
    const parameter = /^\{([^{}]+)\}$/.exec(part)?.[1]
    if (parameter !== undefined) segments.push({ parameter })
    else if (/[{}]/.test(part)) return 'a segment is either a literal or one parameter, not both'
    else if (part === '.' || part === '..') return 'it holds a dot segment'
    else if (part === '' && index < parts.length - 1) return 'it holds an empty segment'
    else {
      try {
        segments.push({ literal: decodeURIComponent(part) })
      } catch {
        return 'its percent encoding is broken'
      }
    }
  }
  return segments
}

const pathMend = 'Write it like "/offres/{id}/avis".'
const defaultId = (method: HttpMethod, path: string) =>
  `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}`

const unknownMethod = (source: Source, path: string, key: string) =>
  mistakeAt(source, ['paths', path, key], {
    reason: key === 'trace' ? 'the method TRACE is never let through' : `unknown key "${key}" in the path "${path}"`,
    mend: `Known here: ${methods.map((method) => method.toLowerCase()).join(', ')}, parameters, summary, description.`,
    of: 'key',
  })

/** The parameters of the path hold for each of its operations, unless an operation has its own of the same name and place. */
function withShared(definition: JsonObject, shared: unknown): JsonObject {
  const own: readonly Json[] = Array.isArray(definition.parameters) ? definition.parameters : []
  const inherited: readonly Json[] = Array.isArray(shared) ? shared : []
  const overridden = new Set(own.map(parameterKey))
  const parameters = [...inherited.filter((parameter) => !overridden.has(parameterKey(parameter))), ...own]
  return parameters.length === 0 ? definition : { ...definition, parameters }
}

const parameterKey = (parameter: Json) =>
  isJsonObject(parameter) ? `${String(parameter.in)} ${String(parameter.name)}` : ''

function parameterMistakes(
  source: Source,
  at: Path,
  { segments, definition }: { readonly segments: readonly PathSegment[]; readonly definition: OperationDefinition },
): readonly Mistake[] {
  const inPath = segments.flatMap((segment) => ('parameter' in segment ? [segment.parameter] : []))
  const declared = (definition.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  const keys = (definition.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`)
  return [
    ...inPath
      .filter((name, index) => inPath.indexOf(name) !== index)
      .map((name) => told(`the path names the parameter "${name}" twice`, 'Give each its own name.')),
    ...inPath
      .filter((name) => !declared.includes(name))
      .map((name) =>
        told(
          `the path parameter "${name}" is not declared`,
          `Add it to "parameters": { name: ${name}, in: path, required: true }.`,
        ),
      ),
    ...declared
      .filter((name) => !inPath.includes(name))
      .map((name) => told(`the path parameter "${name}" is not in the path`, 'Remove it, or add it to the path.')),
    ...keys
      .filter((key, index) => keys.indexOf(key) !== index)
      .map((key) => told(`the ${key.replace(' ', ' parameter "')}" is declared twice`, 'Keep one of the two.')),
  ]

  function told(reason: string, mend: string): Mistake {
    return mistakeAt(source, at, { reason, mend, of: 'key' })
  }
}

/** Two operations with the same identifier, or paths that differ in the names of parameters only. */
function twins(source: Source, operations: readonly Operation[]): readonly Mistake[] {
  const seen = new Map<string, Operation>()
  return operations.flatMap((operation) => {
    const route = `${operation.method} /${operation.segments.map((segment) => ('literal' in segment ? segment.literal : '{}')).join('/')}`
    const at = ['paths', operation.path, operation.method.toLowerCase()]
    const sameId = seen.get(`id ${operation.id}`)
    const sameRoute = seen.get(route)
    seen.set(`id ${operation.id}`, operation)
    seen.set(route, operation)
    return [
      ...(sameId === undefined
        ? []
        : [
            mistakeAt(source, [...at, 'operationId'], {
              reason: `the operationId "${operation.id}" is used twice`,
              mend: 'Give each operation its own.',
            }),
          ]),
      ...(sameRoute === undefined
        ? []
        : [
            mistakeAt(source, at, {
              reason: `"${operation.path}" and "${sameRoute.path}" answer the same calls`,
              mend: 'Keep one of the two.',
              of: 'key',
            }),
          ]),
    ]
  })
}

const isJsonObject = (value: unknown): value is JsonObject => isRecord(value)
/** Asked only of what `operationShape` has just let through. */
const isDefinition = (value: JsonObject): value is JsonObject & OperationDefinition => isRecord(value.responses)
