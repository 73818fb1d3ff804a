import type { Problem } from '#base'
import { type StorageProblemCode, storageProblem } from '../problems.js'
import type { WriterError } from './writer-messages.js'

/** What crosses the thread border of an error. */
export function writerError(error: unknown): WriterError {
  if (!(error instanceof Error)) return { message: String(error) }
  const errcode = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined
  return { message: error.message, ...(errcode === undefined ? {} : { errcode }) }
}

/** After one of these nobody knows what the disk holds, so nothing may be acknowledged any more. */
export function isDiskFailure({ errcode }: WriterError): boolean {
  return errcode !== undefined && (errcode & 0xff) === sqlite.ioError && !isShortOfSpace({ message: '', errcode })
}

/** The Problem for an error of SQLite; a plain Error where the fault is the statement's. */
export function sqliteProblem(error: WriterError): Problem | Error {
  const cause = new Error(error.message)
  const code = problemCode(error)
  return code === undefined ? cause : storageProblem(code, { cause, detail: { errcode: error.errcode } })
}

function problemCode(error: WriterError): StorageProblemCode | undefined {
  if (error.state !== undefined) return `storage/${error.state}`
  const { errcode } = error
  if (errcode === undefined) return undefined
  if (isShortOfSpace(error)) return 'storage/full'
  if (errcode === sqlite.constraintPrimaryKey || errcode === sqlite.constraintUnique) return 'storage/conflict'
  return primaryCodes.get(errcode & 0xff)
}

function isShortOfSpace({ errcode }: WriterError): boolean {
  return errcode === sqlite.full || errcode === sqlite.ioErrorSharedMemorySize
}

/** https://www.sqlite.org/rescode.html */
const sqlite = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
  constraintPrimaryKey: 1555,
  constraintUnique: 2067,
  // The WAL index could not grow: on a full disk this comes before `full`.
  ioErrorSharedMemorySize: 4874,
}

const primaryCodes: ReadonlyMap<number, StorageProblemCode> = new Map([
  [sqlite.busy, 'storage/slow'],
  [sqlite.readOnly, 'storage/folder-read-only'],
  [sqlite.ioError, 'storage/broken'],
  [sqlite.corrupt, 'storage/damaged'],
  [sqlite.cannotOpen, 'storage/folder-read-only'],
  [sqlite.constraint, 'storage/constraint'],
  [sqlite.notADatabase, 'storage/damaged'],
])
