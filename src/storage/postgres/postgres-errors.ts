import { AbortedTransactionError } from 'kysely'
import { isProblem } from '#base'
import { type StorageProblemCode, storageProblem } from '../problems.js'

/** The Problem for an error of PostgreSQL or of the way to it; the error itself where the fault is the statement's. */
export function postgresProblem(error: unknown): unknown {
  if (isProblem(error)) return error
  const code = problemCode(error)
  return code === undefined ? error : storageProblem(code, { cause: error, detail: { sqlState: stateOf(error) } })
}

/** The same for whoever starts the store, with what PostgreSQL says of it. */
export function startProblem(raw: unknown): unknown {
  const error = postgresProblem(raw)
  if (!isProblem(error)) return error
  const cause = rootOf(error)
  const known = stateOf(cause) === undefined ? undefined : (problemCode(cause) ?? 'storage/not-migrated')
  if (known === undefined || !(cause instanceof Error)) return error
  const more = { fr: `(PostgreSQL : ${cause.message})`, en: `(PostgreSQL: ${cause.message})` }
  return storageProblem(known, { cause, more })
}

const rootOf = (error: Error): unknown => (error.cause instanceof Error ? rootOf(error.cause) : error)

function problemCode(error: unknown): StorageProblemCode | undefined {
  if (error instanceof AbortedTransactionError) return 'storage/transaction-lost'
  const state = stateOf(error)
  // No SQLSTATE: the driver's own word that the connection is gone, or was never made.
  if (state === undefined) return error instanceof Error && isConnectionLoss(error) ? 'storage/unreachable' : undefined
  return states.get(state) ?? classes.get(state.slice(0, 2))
}

function stateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : undefined
}

const isConnectionLoss = (error: Error) =>
  ('code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code)) ||
  /connection|timeout|not queryable|client was closed|socket|has been discarded/i.test(error.message)

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const states: ReadonlyMap<string, StorageProblemCode> = new Map([
  ['22021', 'storage/bad-text'],
  ['23505', 'storage/conflict'],
  ['25006', 'storage/unreachable'],
  ['25P02', 'storage/transaction-lost'],
  ['25P03', 'storage/transaction-lost'],
  ['40001', 'storage/transaction-lost'],
  ['40P01', 'storage/transaction-lost'],
  ['3F000', 'storage/no-rights'],
  ['42501', 'storage/no-rights'],
  ['53100', 'storage/full'],
  ['55P03', 'storage/slow'],
  ['57014', 'storage/slow'],
  ['58030', 'storage/broken'],
])

const classes: ReadonlyMap<string, StorageProblemCode> = new Map([
  ['08', 'storage/unreachable'],
  ['22', 'storage/constraint'],
  ['23', 'storage/constraint'],
  ['28', 'storage/no-access'],
  ['3D', 'storage/no-access'],
  ['53', 'storage/unreachable'],
  ['57', 'storage/unreachable'],
  ['XX', 'storage/damaged'],
])
