import type { ApiVersion, Json, Operation, ParameterDefinition } from '#contract'

export interface ExampleCall {
  readonly method: string
  /** Behind the API's version, with its query. */
  readonly resource: string
  /** The contract's example of a JSON body; absent: it has none. */
  readonly body?: Json | undefined
}

/** A call that the contract itself says is right: the GET with the fewest required parameters, filled with their examples. */
export function exampleCall(api: ApiVersion): ExampleCall {
  const [operation] = api.operations.toSorted((a, b) => weight(a) - weight(b))
  if (operation === undefined) return { method: 'GET', resource: '/' }
  const path = operation.segments.map((segment) =>
    'literal' in segment
      ? encodeURIComponent(segment.literal)
      : encodeURIComponent(sample(parameterOf(operation, segment.parameter))),
  )
  const query = required(operation, 'query').map(
    (parameter) => `${encodeURIComponent(parameter.name)}=${encodeURIComponent(sample(parameter))}`,
  )
  return {
    method: operation.method,
    resource: `/${path.join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    body: bodyOf(operation),
  }
}

function bodyOf({ definition }: Operation): Json | undefined {
  const media = definition.requestBody?.content?.['application/json']
  const [named] = Object.values(media?.examples ?? {})
  const { example } = media?.schema ?? {}
  return media?.example ?? named?.value ?? example
}

const weight = (operation: Operation): number =>
  (operation.method === 'GET' ? 0 : 1000) + required(operation, 'query').length * 10 + operation.segments.length

const required = (operation: Operation, place: ParameterDefinition['in']): readonly ParameterDefinition[] =>
  (operation.definition.parameters ?? []).filter((parameter) => parameter.in === place && parameter.required === true)

const parameterOf = (operation: Operation, name: string): ParameterDefinition | undefined =>
  (operation.definition.parameters ?? []).find((parameter) => parameter.in === 'path' && parameter.name === name)

function sample(parameter: ParameterDefinition | undefined): string {
  const schema = parameter?.schema
  const choices = schema?.enum
  const candidates: readonly (Json | undefined)[] = [
    parameter?.example,
    schema?.example,
    schema?.default,
    Array.isArray(choices) ? choices[0] : undefined,
  ]
  const found = candidates.find((value) => value !== undefined && value !== null)
  return found === undefined ? '1' : String(found)
}
