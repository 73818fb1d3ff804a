import { type Json, type JsonObject, parameterName, type UpstreamRequest } from '#contract'

/** A call as an adapter's pairs read it: `{ parameters, body, call, person }`. Values are texts, as they were sent. */
export function callDocument(request: UpstreamRequest): JsonObject {
  const { verified } = request
  return {
    parameters: parametersOf(request),
    body: bodyOf(request),
    call: {
      request_id: request.requestId,
      environment: request.environment,
      application: verified.applicationId,
      habilitation: verified.habilitationId ?? null,
      token: verified.tokenId,
      subject: verified.subject ?? null,
    },
    person: verified.person ?? {},
  }
}

/** Those that the contract declares and the call has; a list is a list, of anything else the first counts. */
function parametersOf({ operation, target, headers, pathParameters }: UpstreamRequest): JsonObject {
  const mark = target.indexOf('?')
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1))
  const found: Record<string, Json> = {}
  for (const { name, in: place, schema } of operation.definition.parameters ?? []) {
    const sent =
      place === 'path'
        ? [pathParameters[name] ?? '']
        : place === 'query'
          ? query.getAll(name)
          : headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name.toLowerCase())
    const values = sent.filter((value) => value !== '')
    if (values.length === 0) continue
    found[parameterName(name)] = schema?.type === 'array' ? values : (values[0] ?? null)
  }
  return found
}

function bodyOf({ body }: UpstreamRequest): Json {
  if (body === null || body.length === 0) return null
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json
  } catch {
    return null
  }
}
