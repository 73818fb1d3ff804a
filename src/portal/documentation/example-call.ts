import { type ApiVersion, formatPath, type Json, type Operation, type Platform, type SandboxCase } from '#contract'
import { exampleValue } from './example-value.js'

export interface ExampleHeader {
  readonly name: string
  readonly value: string
  /** The call that gives the value, where no written one would be taken. */
  readonly from: { readonly call: ExampleCall; readonly field: string; readonly api: ApiVersion } | null
}

/** A call of the sandbox that succeeds. */
export interface ExampleCall {
  readonly operation: Operation
  /** Path and query, encoded. */
  readonly address: string
  readonly headers: readonly ExampleHeader[]
  /** Undefined: none. */
  readonly body: Json | undefined
}

/** A call that a case or the data of the sandbox answer with success. Null: every operation is kept for a few. */
export function exampleCall(api: ApiVersion, platform: Platform): ExampleCall | null {
  const chosen = exampleChoice(api)
  return chosen === null ? null : callOf(api, platform, chosen)
}

export interface ExampleChoice {
  readonly operation: Operation
  /** The case that answers it; null: something else of the sandbox does. */
  readonly one: SandboxCase | null
}

/** The operation that is shown first, and what answers it. */
export function exampleChoice({
  operations,
  cases = [],
}: Pick<ApiVersion, 'operations' | 'cases'>): ExampleChoice | null {
  const open = operations.filter(
    ({ definition }) => definition['x-person'] === undefined && definition['x-right'] === undefined,
  )
  for (const operation of open.filter(({ method }) => method === 'GET')) {
    const reserved = (operation.definition.parameters ?? []).filter((each) => each['x-right'] !== undefined)
    const fitting = cases.filter(
      ({ operation: id, status, params }) =>
        id === operation.id && status === 200 && !reserved.some(({ name }) => Object.hasOwn(params, name)),
    )
    const [one] = fitting.toSorted((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)
    if (one !== undefined) return { operation, one }
  }
  const [operation] = open.toSorted((a, b) => effort(a) - effort(b))
  return operation === undefined ? null : { operation, one: null }
}

/** What is read before what is sent, and what needs least first. */
const effort = ({ method, definition }: Operation) =>
  (method === 'GET' ? 0 : 100) + (definition.parameters ?? []).filter((each) => each.required === true).length

function callOf(api: ApiVersion, platform: Platform, { operation, one }: ExampleChoice): ExampleCall {
  const parameters = operation.definition.parameters ?? []
  const values = new Map<string, Json>(Object.entries(one?.params ?? {}))
  for (const parameter of parameters) {
    const plain = bare(parameter.name)
    const ignored = platform.cases?.ignored.includes(plain) === true
    const asked = parameter.required === true && (one === null || !values.has(plain) || ignored)
    if (asked && !values.has(plain)) values.set(plain, exampleValue(parameter))
  }
  for (const [name, value] of ownPathValues(operation, platform)) values.set(name, value)
  const take = (name: string) => {
    const value = values.get(name)
    values.delete(name)
    return textOf(value)
  }
  const headers = parameters
    .filter(({ in: place, name }) => place === 'header' && values.has(bare(name)))
    .map(({ name, ...parameter }) => ({ name, value: take(bare(name)), from: originOf(parameter, platform) }))
  for (const { in: place, name } of parameters) if (place === 'cookie') values.delete(bare(name))
  const path = operation.path === '/' ? '' : operation.path
  const address = formatPath(platform.path, api, { environment: 'sandbox', resource: path }).replaceAll(
    /\{([^}]+)\}/g,
    (_, name: string) => encoded(take(name)),
  )
  const spelled = (name: string) => parameters.find((each) => bare(each.name) === name)?.name.trim() ?? name
  const query = [...values].flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each: Json) => `${encoded(spelled(name))}=${encoded(textOf(each))}`),
  )
  return {
    operation,
    address: query.length === 0 ? address : `${address}?${query.join('&')}`,
    headers,
    body: exampleBody(operation),
  }
}

/** Parameters of the API's own base path, which no operation declares. */
function ownPathValues({ definition }: Operation, { apis }: Platform): ReadonlyMap<string, Json> {
  const answer = definition['x-answer']
  const [known] = apis.flatMap(({ pings = [] }) => pings)
  return new Map(
    answer !== undefined && 'ping' in answer && known !== undefined ? [[answer.ping.provider, known.name]] : [],
  )
}

/** The call that `x-obtained-from` names. */
function originOf(parameter: object, platform: Platform): ExampleHeader['from'] {
  const origin: unknown = Reflect.get(parameter, 'x-obtained-from')
  if (typeof origin !== 'object' || origin === null) return null
  const [name, id, field] = ['api', 'operation', 'field'].map((key) => String(Reflect.get(origin, key)))
  const api = platform.apis.find(({ code, version }) => `${code}/${version}` === name)
  const operation = api?.operations.find((each) => each.id === id)
  if (api === undefined || operation === undefined || field === undefined) return null
  return { call: callOf(api, platform, { operation, one: null }), field, api }
}

/** The contract's example of a JSON body, or one made from its schema. */
export function exampleBody({ definition }: Operation): Json | undefined {
  const media = Object.entries(definition.requestBody?.content ?? {}).find(([type]) => /[/+]json\b/.test(type))?.[1]
  if (media === undefined) return undefined
  const [named] = Object.values(media.examples ?? {})
  const example = media.example ?? named?.value
  return example ?? exampleValue({ schema: media.schema ?? {} })
}

const bare = (name: string) => name.replace(/\[\]$/, '').trim()
const textOf = (value: Json | undefined): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')

/** Half a character, as a case may hold one, has no spelling in an address. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed())
