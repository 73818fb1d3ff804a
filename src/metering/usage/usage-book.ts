import type { FinishedExchange } from '#contract'
import { coarsen } from './coarsen.js'
import { addUsage, type UsageRow } from './usage-row.js'

const minuteMilliseconds = 60_000

type Page = Map<string, Map<string, UsageRow[]>>

/** Usage that is not written yet: by minute, application and API, then a short list by environment and status. Never more than `keysMax` keys for long. */
export class UsageBook {
  readonly #node: string
  readonly #keysMax: number
  #pages = new Map<number, Page>()
  #minute = Number.NaN
  #page: Page = new Map()
  #size = 0

  constructor(node: string, keysMax: number) {
    this.#node = node
    this.#keysMax = keysMax
  }

  /** Keys held. */
  get size(): number {
    return this.#size
  }

  /** Counts one call. */
  add(exchange: FinishedExchange): void {
    const row = this.#row(exchange)
    row.calls += 1
    row.request_bytes += exchange.requestBytes
    row.response_bytes += exchange.responseBytes
    row.duration_ms += Math.round(exchange.durationMilliseconds)
    if (this.#size > this.#keysMax) this.putBack([])
  }

  /** Hands over everything and starts afresh. */
  take(): UsageRow[] {
    const rows = [...this.#rows()]
    this.#clear()
    return rows
  }

  /** Takes back what could not be written, summed with what came since; coarser when it would be too much. */
  putBack(unwritten: readonly UsageRow[]): void {
    const rows = this.take()
    for (const row of unwritten) this.#merge(row)
    for (const row of rows) this.#merge(row)
    if (this.#size <= this.#keysMax) return
    // Half, so that the next key does not sum everything again.
    const coarse = coarsen(this.take(), this.#keysMax / 2)
    for (const row of coarse) this.#merge(row)
  }

  #row({ startedAt, applicationId, api, environment, status }: FinishedExchange): UsageRow {
    const minute = startedAt - (startedAt % minuteMilliseconds)
    const rows = this.#rowsOf(minute, applicationId ?? '', api?.id ?? '')
    for (const row of rows) if (row.status === status && row.environment === (environment ?? '')) return row
    const row = {
      minute,
      platform: api?.platform ?? '',
      application_id: applicationId ?? '',
      api_id: api?.id ?? '',
      environment: environment ?? '',
      status,
      node: this.#node,
      calls: 0,
      request_bytes: 0,
      response_bytes: 0,
      duration_ms: 0,
    }
    this.#size += 1
    rows.push(row)
    return row
  }

  #merge(row: UsageRow): void {
    const rows = this.#rowsOf(row.minute, row.application_id, row.api_id)
    const known = rows.find((each) => each.status === row.status && each.environment === row.environment)
    if (known === undefined) {
      this.#size += 1
      rows.push(row)
    } else addUsage(known, row)
  }

  #rowsOf(minute: number, application: string, api: string): UsageRow[] {
    if (minute !== this.#minute) this.#open(minute)
    let apis = this.#page.get(application)
    if (apis === undefined) {
      apis = new Map()
      this.#page.set(application, apis)
    }
    let rows = apis.get(api)
    if (rows === undefined) {
      rows = []
      apis.set(api, rows)
    }
    return rows
  }

  #open(minute: number): void {
    this.#page = this.#pages.get(minute) ?? new Map()
    this.#pages.set(minute, this.#page)
    this.#minute = minute
  }

  #clear(): void {
    this.#pages = new Map()
    this.#page = new Map()
    this.#minute = Number.NaN
    this.#size = 0
  }

  *#rows(): Iterable<UsageRow> {
    for (const page of this.#pages.values())
      for (const apis of page.values()) for (const rows of apis.values()) yield* rows
  }
}
