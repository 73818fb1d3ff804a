import { createHash } from 'node:crypto'
import type { Database } from './tables.js'

/**
 * An export is JSON Lines, UTF-8: a header, one line a row as `[table, values in the order of the columns]`, and a trailer with the
 * number of rows of each table and the SHA-256 of all that stands before it.
 */
export const exportFormat = 1

export interface ExportHeader {
  readonly portique: 'store'
  readonly format: number
  /** Schema version of the store that was exported. */
  readonly schema: number
  readonly columns: Readonly<Record<string, readonly string[]>>
}

export interface ExportTrailer {
  readonly rows: Readonly<Record<string, number>>
  readonly sha256: string
}

export interface ExportedTable {
  readonly columns: readonly string[]
  /** The primary key: rows are written in its byte order, the same on both stores. */
  readonly key: readonly string[]
}

/** Every table, those that others refer to first. */
export const exportedTables = {
  application: {
    columns: [
      'id',
      'name',
      'platform',
      'environment',
      'type',
      'state',
      'redirect_uris',
      'event_url',
      'purpose',
      'created_at',
      'updated_at',
    ],
    key: ['id'],
  },
  credential: {
    columns: [
      'id',
      'application_id',
      'kind',
      'value_sealed',
      'value_hash',
      'created_at',
      'expires_at',
      'revoked_at',
      'last_used_at',
    ],
    key: ['id'],
  },
  subscription: {
    columns: ['application_id', 'environment', 'api_id', 'quotas', 'created_at', 'ends_at'],
    key: ['application_id', 'environment', 'api_id'],
  },
  api_token: {
    columns: [
      'id',
      'application_id',
      'owner_id',
      'title',
      'habilitation_id',
      'recipient',
      'scopes',
      'rights',
      'networks',
      'calls_per_minute',
      'created_at',
      'expires_at',
      'blocked_at',
      'replaced_by',
      'last_used_at',
    ],
    key: ['id'],
  },
  published_api: {
    columns: ['id', 'platform', 'code', 'version', 'document', 'settings', 'adapter', 'published_at'],
    key: ['id'],
  },
  oidc_artifact: {
    columns: [
      'id_hash',
      'realm',
      'model',
      'grant_id',
      'uid',
      'owner',
      'client_id',
      'payload',
      'expires_at',
      'consumed_at',
    ],
    key: ['id_hash'],
  },
  usage_minute: {
    columns: [
      'minute',
      'platform',
      'application_id',
      'api_id',
      'environment',
      'status',
      'node',
      'calls',
      'request_bytes',
      'response_bytes',
      'duration_ms',
    ],
    key: ['minute', 'application_id', 'api_id', 'environment', 'status', 'node'],
  },
  secret: { columns: ['name', 'version', 'value_sealed', 'created_at', 'retired_at'], key: ['name', 'version'] },
  audit: { columns: ['id', 'at', 'actor', 'action', 'object', 'detail'], key: ['id'] },
  evidence: {
    columns: [
      'id',
      'at',
      'request_id',
      'application_id',
      'token_mark',
      'token_id',
      'habilitation_id',
      'person',
      'recipient',
      'fields',
      'api_id',
      'operation_id',
      'environment',
      'method',
      'status',
      'refusal',
      'previous_hash',
      'hash',
    ],
    key: ['id'],
  },
  sandbox_case: {
    columns: [
      'application_id',
      'api_id',
      'operation_id',
      'file',
      'title',
      'description',
      'params',
      'headers',
      'payload',
      'status',
      'revision',
      'updated_at',
      'updated_by',
    ],
    key: ['application_id', 'api_id', 'operation_id', 'file'],
  },
  sandbox_case_revision: {
    columns: [
      'case_id',
      'revision',
      'at',
      'actor',
      'action',
      'application_id',
      'api_id',
      'operation_id',
      'file',
      'title',
      'description',
      'params',
      'headers',
      'status',
      'payload',
    ],
    key: ['case_id', 'revision'],
  },
  outbox: { columns: ['sequence', 'at', 'topic', 'key'], key: ['sequence'] },
} satisfies { readonly [T in keyof Database]: { columns: (keyof Database[T])[]; key: (keyof Database[T])[] } }

export const tableEntries: readonly (readonly [string, ExportedTable])[] = Object.entries(exportedTables)

/** Counts and hashes the lines of an export as they go by. */
export class ExportSum {
  readonly #hash = createHash('sha256')
  readonly #rows: Record<string, number> = Object.fromEntries(tableEntries.map(([table]) => [table, 0]))

  add(line: string, table?: string): void {
    this.#hash.update(line).update('\n')
    if (table !== undefined) this.#rows[table] = (this.#rows[table] ?? 0) + 1
  }

  total(): number {
    return Object.values(this.#rows).reduce((sum, rows) => sum + rows, 0)
  }

  /** Once, when all lines were added. */
  trailer(): ExportTrailer {
    return { rows: this.#rows, sha256: this.#hash.digest('base64url') }
  }
}
