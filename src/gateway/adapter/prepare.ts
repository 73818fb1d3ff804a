import {
  type AdaptedRequest,
  type Adapter,
  type ApiVersion,
  answerChecks,
  compileMapping,
  type Mapping,
  type Operation,
} from '#contract'
import type { AnswerReading } from './provider-answer.js'
import { type ProofNeeds, type ProviderProof, providerProof } from './provider-credentials.js'

/** An operation of an adapted API, compiled. */
export interface PreparedOperation {
  readonly request: AdaptedRequest
  readonly mapping: Mapping
  readonly reading: AnswerReading
  readonly status: number
  readonly contentType: string
}

/** An adapted API, compiled once. */
export interface PreparedAdapter {
  readonly proof: ProviderProof
  readonly operations: ReadonlyMap<string, PreparedOperation>
}

/** Each operation in a turn of its own, so that calls go on meanwhile. */
export async function prepareAdapter(api: ApiVersion, adapter: Adapter, needs: ProofNeeds): Promise<PreparedAdapter> {
  const checkOf = await answerChecks(api)
  const operations = new Map<string, PreparedOperation>()
  for (const operation of api.operations) {
    const own = adapter.operations[operation.id]
    if (own === undefined) continue
    await new Promise((resolve) => setImmediate(resolve))
    const { request, answer } = own
    const errors = [...own.errors, ...adapter.errors]
    const { success } = adapter
    const reading = { errors, success, mapping: compileMapping(answer.pairs), check: checkOf(operation, answer.status) }
    const { status } = answer
    const contentType = jsonTypeOf(operation, status)
    operations.set(operation.id, {
      ...{ request, mapping: compileMapping(request.pairs), reading, status, contentType },
    })
  }
  return { proof: providerProof(adapter.credentials, needs), operations }
}

/** The contract's own name of its JSON. */
function jsonTypeOf(operation: Operation, status: number): string {
  const types = Object.keys(operation.definition.responses?.[String(status)]?.content ?? {})
  return types.find((type) => /json/i.test(type)) ?? 'application/json'
}
