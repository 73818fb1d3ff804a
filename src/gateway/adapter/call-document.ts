import {
  givenTexts,
  type Json,
  type JsonObject,
  monthBefore,
  parameterName,
  readQuery,
  type UpstreamRequest,
} from '#contract'
import { headerValue } from '../answer/projected-headers.js'

/** A call as an adapter's pairs read it: `{ parameters, body, call, person }`. Values are texts, as they were sent. */
export function callDocument(request: UpstreamRequest, now: number): JsonObject {
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
      past_month: monthBefore(now),
    },
    person: verified.person ?? {},
  }
}

/** Those that the contract declares and the call has, read as the check of parameters reads them; of what is no list the first counts. */
function parametersOf({ operation, target, headers, pathParameters }: UpstreamRequest): JsonObject {
  const query = readQuery(target)
  const found: Record<string, Json> = {}
  for (const parameter of operation.definition.parameters ?? []) {
    const { name, in: place, schema } = parameter
    const sent: readonly (string | null | undefined)[] =
      place === 'path'
        ? [pathParameters[name]]
        : place === 'query'
          ? (query.get(name) ?? [])
          : [headerValue(headers, name.toLowerCase())]
    const texts = givenTexts(sent, parameter)
    const [first] = texts
    if (first !== undefined) found[parameterName(name)] = schema?.type === 'array' ? [...texts] : first
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
