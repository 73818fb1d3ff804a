import { type Identifiers, Problem } from '#base'
import type { FinishedExchange } from '#contract'
import type { NewRow, Store } from '#storage'
import { createTokenMark } from '../token-mark.js'

export interface EvidenceOptions {
  readonly store: Store
  readonly identifiers: Identifiers
  /** Calls that may wait for their commit at once; beyond, they are refused. */
  readonly waitingMax?: number
}

export interface Evidence {
  /** Resolves once the row is durable; rejects when it is not, and then the answer must not leave. */
  record(exchange: FinishedExchange): Promise<void>
  /** Resolves when nothing waits any more. */
  close(): Promise<void>
}

interface Waiting {
  readonly row: NewRow<'evidence'>
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

const rowsPerCommitMax = 200

/** Evidence of calls for personal data: rows that come while a commit is under way share the next one. */
export function createEvidence({ store, identifiers, waitingMax = 10_000 }: EvidenceOptions): Evidence {
  const mark = createTokenMark()
  const waiting: Waiting[] = []
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    // One turn of the event loop's microtasks, so that calls of the same moment share a commit.
    await undefined
    while (waiting.length > 0) await commit(waiting.splice(0, rowsPerCommitMax))
    running = undefined
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    try {
      const rows = group.map(({ row }) => row)
      await store.db.insertInto('evidence').values(rows).execute()
      for (const { done } of group) done()
    } catch (error) {
      for (const { failed } of group) failed(error)
    }
  }

  return {
    record(exchange) {
      if (waiting.length >= waitingMax) return Promise.reject(evidenceBusy())
      return new Promise<void>((done, failed) => {
        waiting.push({ row: evidenceRow(exchange, identifiers, mark), done, failed })
        running ??= run()
      })
    },
    async close() {
      await running
    },
  }
}

function evidenceRow(
  exchange: FinishedExchange,
  identifiers: Identifiers,
  mark: (tokenId: string) => string,
): NewRow<'evidence'> {
  return {
    id: identifiers.ordered('evi', exchange.startedAt),
    at: exchange.startedAt,
    request_id: exchange.requestId,
    application_id: exchange.applicationId,
    token_mark: exchange.tokenId === null ? null : mark(exchange.tokenId),
    token_id: exchange.tokenName,
    habilitation_id: exchange.habilitationId,
    person: exchange.person,
    recipient: exchange.recipient,
    fields: exchange.fields === null ? null : JSON.stringify(exchange.fields),
    api_id: exchange.api?.id ?? '',
    operation_id: exchange.operation?.id ?? null,
    environment: exchange.environment ?? '',
    method: exchange.method,
    status: exchange.status,
    refusal: exchange.refusal,
    previous_hash: null,
    hash: null,
  }
}

function evidenceBusy(): Problem {
  return new Problem({
    code: 'metering/evidence-busy',
    status: 503,
    text: {
      fr: 'Trop d’appels attendent leur trace ; réessayez dans un instant.',
      en: 'Too many calls wait for their evidence; try again in a moment.',
    },
  })
}
