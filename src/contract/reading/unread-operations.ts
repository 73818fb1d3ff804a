import type { Operation } from '../api.js'
import { isRecord } from './keywords.js'

/** Operations that a document names and nobody could read, for mistakes of their own; null: of that document nothing could. */
export function unreadOperations(document: unknown, read: readonly Operation[]): readonly string[] | null {
  if (read.length === 0) return null
  const items = isRecord(document) && isRecord(document.paths) ? Object.values(document.paths) : []
  return items
    .flatMap((item) => (isRecord(item) ? Object.values(item) : []))
    .flatMap((one) => (isRecord(one) && typeof one.operationId === 'string' ? [one.operationId] : []))
    .filter((id) => !read.some((operation) => operation.id === id))
}
