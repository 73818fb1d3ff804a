/** The ways in which providers write a date. */
export const dateFormats = [
  'YYYY-MM-DD',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'DDMMYYYY',
  'YYYY-MM',
  'YYYYMM',
  'MM/YYYY',
  'YYYY',
  'MM',
  'DD',
  'date-time',
  'epoch-seconds',
  'epoch-milliseconds',
] as const
export type DateFormat = (typeof dateFormats)[number]

/** Those that name one day. */
export const dayFormats = [
  'YYYY-MM-DD',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'DDMMYYYY',
  'date-time',
  'epoch-seconds',
  'epoch-milliseconds',
] as const satisfies readonly DateFormat[]

/** Texts of its parts; a part that the format has not is absent. `00` is a part that nobody knows. */
export interface DateParts {
  readonly year?: string
  readonly month?: string
  readonly day?: string
}

/** Null when the value is no such date, or one that no calendar has. */
export function parseDate(format: DateFormat, value: unknown): DateParts | null {
  if (format === 'epoch-seconds' || format === 'epoch-milliseconds') return partsOfEpoch(format, value)
  if (typeof value !== 'string') return null
  if (format === 'date-time') {
    const date = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}/.exec(value)?.[1]
    return date === undefined ? null : parseDate('YYYY-MM-DD', date)
  }
  const found = patternOf(format).exec(value)?.groups
  return found === undefined || !isPossible(found) ? null : found
}

/** Null when a part is wanting. */
export function formatDate(format: DateFormat, parts: DateParts): string | number | null {
  if (format.startsWith('epoch') || format === 'date-time') {
    const day = formatDate('YYYY-MM-DD', parts)
    if (typeof day !== 'string' || day.includes('-00')) return null
    if (format === 'date-time') return `${day}T00:00:00Z`
    return Date.parse(`${day}T00:00:00Z`) / (format === 'epoch-seconds' ? 1000 : 1)
  }
  const { year, month, day } = parts
  const wanting =
    (format.includes('YYYY') && year === undefined) ||
    (format.includes('MM') && month === undefined) ||
    (format.includes('DD') && day === undefined)
  if (wanting) return null
  return format
    .replace('YYYY', year ?? '')
    .replace('MM', month ?? '')
    .replace('DD', day ?? '')
}

function partsOfEpoch(format: DateFormat, value: unknown): DateParts | null {
  // `Number` takes a blank and an empty list for 0, which would be a day in 1970.
  const count = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  if (typeof count !== 'number' || !Number.isSafeInteger(count)) return null
  const time = count * (format === 'epoch-seconds' ? 1000 : 1)
  if (Math.abs(time) > 8.64e15) return null
  return parseDate('YYYY-MM-DD', new Date(time).toISOString().slice(0, 10))
}

const patterns = new Map<DateFormat, RegExp>()

function patternOf(format: DateFormat): RegExp {
  const known = patterns.get(format)
  if (known !== undefined) return known
  const source = format
    .replace('YYYY', '(?<year>\\d{4})')
    .replace('MM', '(?<month>\\d{2})')
    .replace('DD', '(?<day>\\d{2})')
  const pattern = new RegExp(`^${source}$`)
  patterns.set(format, pattern)
  return pattern
}

function isPossible({ year = '2000', month = '01', day = '01' }: DateParts): boolean {
  if (Number(month) > 12 || Number(day) > 31) return false
  if (month === '00' || day === '00') return true
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
}
