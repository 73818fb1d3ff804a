import type { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Exposition } from './exposition.js'

/** The process itself: memory, processor, and how long the event loop was held up since the last reading. */
export function writeProcess(exposition: Exposition, loopDelay: ReturnType<typeof monitorEventLoopDelay>): void {
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const gauges = [
    ['process_resident_memory_bytes', 'Resident memory.', rss],
    ['process_heap_bytes', 'JavaScript heap in use.', heapUsed],
    ['process_external_memory_bytes', 'Memory of buffers outside the heap.', external],
    ['process_start_time_seconds', 'Start of the process.', Math.round(performance.timeOrigin / 1000)],
  ] as const
  for (const [name, help, value] of gauges) exposition.single(name, 'gauge', { help, value })
  const value = (user + system) / 1_000_000
  exposition.single('process_cpu_seconds_total', 'counter', { help: 'Processor time.', value })
  const name = 'portique_event_loop_delay_seconds'
  exposition.family(name, 'gauge', 'Event loop delay since the last reading.')
  for (const quantile of [50, 99, 100]) {
    const seconds = loopDelay.percentile(quantile) / 1e9
    exposition.sample(name, { quantile: String(quantile / 100) }, Number.isFinite(seconds) ? seconds : 0)
  }
  loopDelay.reset()
}
