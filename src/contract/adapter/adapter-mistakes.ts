import type { Operation } from '../api.js'
import type { Mistake } from '../mistake.js'
import { suggestion } from '../reading/did-you-mean.js'
import { isJsonMedia } from '../reading/read-cases.js'
import { mistakeAt } from '../reading/shape-mistakes.js'
import type { Path, Source } from '../reading/source.js'
import type { AdapterSettings, PairSettings } from './adapter-shape.js'
import { conversionMistakes } from './conversion-mistakes.js'
import { pointerSteps } from './json-pointer.js'
import { parameterName } from './parameter-name.js'
import { namesAt, requiredAt, schemaAtPointer } from './schema-at-pointer.js'
import { tableMistakes } from './table-mistakes.js'
import type { Tell } from './tell.js'

interface Around {
  readonly source: Source
  readonly operations: readonly Operation[]
}

/** What a call has besides its parameters and its body: `/call/…`. */
export const callFacts = [
  'request_id',
  'environment',
  'application',
  'habilitation',
  'token',
  'subject',
  'past_month',
] as const

/** The adapter held against the contract: operations, parameters, and the properties that its pairs write. */
export function adapterMistakes(value: AdapterSettings, { source, operations }: Around): readonly Mistake[] {
  const ids = operations.map(({ id }) => id)
  const told = (path: Path, reason: string, mend: string, of: 'key' | 'value' = 'value') =>
    mistakeAt(source, path, { reason, mend, of })
  const unknown = Object.keys(value.operations)
    .filter((id) => !ids.includes(id))
    .map((id) => told(['operations', id], `the contract has no operation "${id}"`, suggestion(id, ids), 'key'))
  const missing = ids
    .filter((id) => !Object.hasOwn(value.operations, id))
    .map((id) =>
      told(
        ['operations'],
        `the operation "${id}" of the contract is not adapted`,
        `Add "${id}: { request, answer }".`,
        'key',
      ),
    )
  const each = operations.flatMap((operation) => {
    const own = value.operations[operation.id]
    if (own === undefined) return []
    const at = ['operations', operation.id]
    return [
      ...requestMistakes(own.request, operation, (path, ...rest) => told([...at, 'request', ...path], ...rest)),
      ...answerMistakes(own.answer, operation, (path, ...rest) => told([...at, 'answer', ...path], ...rest)),
    ]
  })
  return [...unknown, ...missing, ...successMistakes(value, told), ...each]
}

/** A code that no rule names yet would pass for data. */
function successMistakes({ success, errors, operations }: AdapterSettings, tell: Tell): readonly Mistake[] {
  if (success.at !== undefined) return []
  const rules = [
    ...errors.map((rule, index) => ({ rule, path: ['errors', index] as Path })),
    ...Object.entries(operations).flatMap(([id, own]) =>
      own.errors.map((rule, index) => ({ rule, path: ['operations', id, 'errors', index] as Path })),
    ),
  ]
  const statuses = [success.status].flat().map(String)
  for (const { rule, path } of rules) {
    const status = statuses.find((one) => [rule.status].flat().some((other) => isOf(one, String(other))))
    if (rule.at !== undefined && rule.before === undefined && status !== undefined)
      return [
        tell(
          path,
          `an error is read in the body, and nothing says which ${status} is a success`,
          `Add \`success: { at: ${rule.at}, equals: "…" }\`: a code that no rule names is then an unknown answer.`,
        ),
      ]
  }
  return []
}

const isOf = (status: string, rule: string) => rule === status || (rule.endsWith('XX') && rule[0] === status[0])

type RequestSettings = AdapterSettings['operations'][string]['request']
type AnswerSettings = AdapterSettings['operations'][string]['answer']

function requestMistakes(request: RequestSettings, operation: Operation, tell: Tell): readonly Mistake[] {
  const declared = operation.definition.parameters ?? []
  const parameters = declared.map(({ name }) => parameterName(name))
  const tellPair: Tell = (path, ...rest) => tell(['pairs', ...path], ...rest)
  const wrongConversions = conversionMistakes(request.pairs, tellPair)
  const body = bodySchema(operation)
  const pointers = request.pairs.flatMap((pair, index) => fromOf(pair).map((pointer) => ({ pointer, index })))
  const used = new Set(pointers.flatMap(({ pointer }) => pointerSteps(pointer)?.slice(0, 2).join('/') ?? []))
  const holes = [...request.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const filled = request.pairs.flatMap(({ to }) => (to.startsWith('/path/') ? [to.slice('/path/'.length)] : []))
  return [
    ...(wrongConversions.length > 0 ? wrongConversions : tableMistakes(request.pairs, declared, tellPair)),
    ...pointers.flatMap(({ pointer, index }) => {
      const wrong = wrongSource(pointer, { parameters, body })
      return wrong === null ? [] : [tell(['pairs', index, 'from'], wrong.reason, wrong.mend)]
    }),
    ...request.pairs.flatMap(({ to }, index) =>
      reservedHeader.test(to)
        ? [
            tell(
              ['pairs', index, 'to'],
              `"${to}" is not the adapter's to write`,
              'Use "credentials" to prove the platform; the others are those of HTTP.',
            ),
          ]
        : [],
    ),
    ...request.pairs.flatMap(({ to }, index) =>
      /^\/(path|query|headers)\/[^/]+$|^\/body(\/|$)/.test(to)
        ? []
        : [tell(['pairs', index, 'to'], `the pointer "${to}" is no part of a request`, targetMend)],
    ),
    ...parameters
      .filter((name) => !used.has(`parameters/${name}`) && !request.unused.includes(name))
      .map((name) =>
        tell(
          [],
          `the parameter "${name}" is never used`,
          `Add a pair from "/parameters/${name}", or name it in "unused".`,
          'key',
        ),
      ),
    ...request.unused.flatMap((name, index) =>
      parameters.includes(name) && !used.has(`parameters/${name}`)
        ? []
        : [
            tell(
              ['unused', index],
              parameters.includes(name) ? `the parameter "${name}" is used` : `the contract has no parameter "${name}"`,
              parameters.includes(name) ? 'Take it out of "unused".' : suggestion(name, parameters),
            ),
          ],
    ),
    ...holes
      .filter((name) => !filled.includes(name))
      .map((name) => tell(['path'], `nothing fills "{${name}}"`, `Add a pair to "/path/${name}".`)),
    ...filled
      .filter((name) => !holes.includes(name))
      .map((name) =>
        tell(['path'], `the path has no "{${name}}" that "/path/${name}" could fill`, `Write "{${name}}" in the path.`),
      ),
    ...(request.method === 'GET' && request.pairs.some(({ to }) => /^\/body(\/|$)/.test(to))
      ? [tell(['method'], 'a GET has no body', 'Write "method: POST", or send the values in the query.', 'key')]
      : []),
  ]
}

const reservedHeader =
  /^\/headers\/(host|connection|content-length|content-type|transfer-encoding|authorization|cookie|te|upgrade|portique-identity)$/i

const targetMend = 'Write "/path/name", "/query/name", "/headers/Name" or "/body/…".'

function wrongSource(pointer: string, { parameters, body }: { parameters: readonly string[]; body: unknown }) {
  const [root, name = '', ...deeper] = pointerSteps(pointer) ?? []
  if (root === 'parameters')
    return parameters.includes(name)
      ? null
      : { reason: `the contract has no parameter "${name}"`, mend: suggestion(name, parameters) }
  if (root === 'call')
    return (callFacts as readonly string[]).includes(name) && deeper.length === 0
      ? null
      : { reason: `a call has no "${name}"`, mend: suggestion(name, callFacts) }
  if (root === 'person')
    return name === '' ? { reason: 'no claim is named', mend: 'Write "/person/given_name".' } : null
  if (root === 'body' && schemaAtPointer(body, pointerSteps(pointer)?.slice(1) ?? []) !== null) return null
  return root === 'body'
    ? { reason: `the contract's request body has nothing at "${pointer}"`, mend: 'Correct the pointer.' }
    : { reason: `nothing stands at "${pointer}"`, mend: 'Begin with "/parameters/", "/body/", "/call/" or "/person/".' }
}

function answerMistakes(answer: AnswerSettings, operation: Operation, tell: Tell): readonly Mistake[] {
  const response = operation.definition.responses?.[String(answer.status)]
  const media = Object.entries(response?.content ?? {}).find(([type]) => isJsonMedia(type))?.[1]
  if (media === undefined) {
    const declared = Object.keys(operation.definition.responses ?? {}).join(', ')
    return [
      tell(
        ['status'],
        `the contract declares no JSON answer ${answer.status}`,
        `Declared: ${declared}. Write one that has a JSON body.`,
        'key',
      ),
    ]
  }
  const tellPair: Tell = (path, ...rest) => tell(['pairs', ...path], ...rest)
  return [...conversionMistakes(answer.pairs, tellPair), ...pairMistakes(answer.pairs, media.schema ?? {}, tellPair)]
}

/** Targets that the schema has not, and required properties that no pair writes. */
function pairMistakes(pairs: readonly PairSettings[], schema: unknown, tell: Tell): readonly Mistake[] {
  const targets = pairs.map(({ to }) => pointerSteps(to) ?? [])
  const unknown = pairs.flatMap((pair, index) => {
    const steps = targets[index] ?? []
    const found = schemaAtPointer(schema, steps)
    if (found === null) {
      const known = namesAt(schema, steps.slice(0, -1))
      return [tell([index, 'to'], `the contract has nothing at "${pair.to}"`, suggestion(steps.at(-1) ?? '', known))]
    }
    const inner = pair.each ?? pair.map
    if (inner === undefined) return []
    const below = pair.each === undefined ? found : schemaAtPointer(found, ['-'])
    if (below === null)
      return [tell([index, 'to'], `"${pair.to}" is no list in the contract`, 'Use "map" for an object.')]
    return pairMistakes(inner, below, (path, ...rest) =>
      tell([index, pair.each === undefined ? 'map' : 'each', ...path], ...rest),
    )
  })
  const wanting = requiredAt(schema, targets).map((steps) =>
    tell([], `nothing is written to "/${steps.join('/')}", which the contract requires`, `Add a pair to it.`, 'key'),
  )
  return [...unknown, ...wanting]
}

function fromOf({ from }: PairSettings): readonly string[] {
  return from === undefined ? [] : typeof from === 'string' ? [from] : from
}

function bodySchema(operation: Operation): unknown {
  const content = operation.definition.requestBody?.content ?? {}
  return Object.values(content)[0]?.schema ?? false
}
