import type { FinishedExchange } from '#contract'
import { Histogram } from './histogram.js'

/** What is counted of one API in one environment. Statuses are classes (`2xx`): callers and upstreams cannot add series. */
export interface ApiSeries {
  readonly platform: string
  readonly api: string
  readonly environment: string
  readonly requests: number[]
  readonly durations: (Histogram | undefined)[]
  readonly upstream: Histogram
}

/** Class 0 stands for a status outside 100 to 599. */
export const statusClasses = ['other', '1xx', '2xx', '3xx', '4xx', '5xx'] as const

/** Series beyond this are summed under one name; an operator's catalogue stays far below. */
const seriesMax = 2000

export class ApiSeriesTable {
  readonly #byApi = new Map<string, ApiSeries[]>()
  #size = 0

  count(exchange: FinishedExchange): void {
    const series = this.#find(exchange.api?.id ?? '', exchange)
    const status = exchange.status >= 100 && exchange.status < 600 ? Math.floor(exchange.status / 100) : 0
    series.requests[status] = (series.requests[status] ?? 0) + 1
    let durations = series.durations[status]
    if (durations === undefined) {
      durations = new Histogram()
      series.durations[status] = durations
    }
    durations.observe(exchange.durationMilliseconds)
    if (exchange.upstreamMilliseconds !== null) series.upstream.observe(exchange.upstreamMilliseconds)
  }

  *all(): Iterable<ApiSeries> {
    for (const list of this.#byApi.values()) yield* list
  }

  #find(api: string, exchange: FinishedExchange): ApiSeries {
    const environment = exchange.environment ?? ''
    const list = this.#byApi.get(api)
    if (list !== undefined) for (const series of list) if (series.environment === environment) return series
    if (api !== '(others)' && this.#size >= seriesMax) return this.#find('(others)', exchange)
    const platform = api === '(others)' ? '' : (exchange.api?.platform ?? '')
    const series = newSeries(platform, api, environment)
    this.#size += 1
    if (list === undefined) this.#byApi.set(api, [series])
    else list.push(series)
    return series
  }
}

function newSeries(platform: string, api: string, environment: string): ApiSeries {
  const requests = new Array<number>(statusClasses.length).fill(0)
  return { platform, api, environment, requests, durations: new Array(statusClasses.length), upstream: new Histogram() }
}
