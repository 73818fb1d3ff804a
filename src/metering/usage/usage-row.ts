import type { NewRow } from '#storage'

/** What is written of one key: a minute, an application, an API, an environment and a status. */
export type UsageRow = NewRow<'usage_minute'>

/** Adds what `from` counted to `into`. */
export function addUsage(into: UsageRow, from: UsageRow): void {
  into.calls += from.calls
  into.request_bytes += from.request_bytes
  into.response_bytes += from.response_bytes
  into.duration_ms += from.duration_ms
}
