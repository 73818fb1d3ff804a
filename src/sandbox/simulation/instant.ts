const instantShape = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/
const dayShape = /^\d{4}-\d{2}-\d{2}$/

/** Milliseconds since the epoch of `2026-01-31T08:00:00Z`; NaN for anything else, 30 February included. */
export function parseInstant(text: string): number {
  const [, day, hours, minutes, seconds] = instantShape.exec(text) ?? []
  if (day === undefined || Number.isNaN(parseDate(day))) return Number.NaN
  return Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60 ? Date.parse(text) : Number.NaN
}

/** Milliseconds since the epoch of the start of `2026-01-31` in UTC; NaN for anything else. */
export function parseDate(text: string): number {
  if (!dayShape.test(text)) return Number.NaN
  const start = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text) ? start : Number.NaN
}

/** Minutes of `HHMM` or of whole hours, e.g. 2130 for `3530`, 2100 for `35`; NaN for anything else. */
export function parseHhmm(text: string): number {
  const [, hours, minutes] = /^(\d{1,2})(\d{2})?$/.exec(text) ?? []
  return hours === undefined || Number(minutes ?? 0) > 59 ? Number.NaN : Number(hours) * 60 + Number(minutes ?? 0)
}
