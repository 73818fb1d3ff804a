import type { Clock } from './clock.js'

export type Level = 'debug' | 'info' | 'warn' | 'error'
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * Structured lines, one JSON object each: `time` (UTC, ISO 8601), `level`, `event`, then the fields.
 * Fields are scalars by type: no object can carry a secret or a person's data in by accident (ASVS 5.0 V16.2.5).
 */
export interface Log {
  debug(event: string, fields?: Fields): void
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
}

export interface LogOptions {
  readonly clock: Clock
  readonly level: Level
  readonly write: (line: string) => void
}

const ranks: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 }

export function createLog({ clock, level, write }: LogOptions): Log {
  const at = (own: Level) => {
    if (ranks[own] < ranks[level]) return () => {}
    return (event: string, fields: Fields = {}) =>
      write(`${visible(JSON.stringify({ time: new Date(clock()).toISOString(), level: own, event, ...fields }))}\n`)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** JSON leaves DEL, C1 controls and line separators as they are: a terminal or a log reader may act on them (ASVS 5.0 V16.4.1). */
function visible(json: string): string {
  return json.replace(/[\x7f-\x9f\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
