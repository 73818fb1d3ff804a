const shape = /^(-)?P(?!$)(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?!$)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/
const weights = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000] as const

/** Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. `-P3DT4H10M`; null when it is none. */
export function durationMilliseconds(text: string): number | null {
  const parts = shape.exec(text)
  if (parts === null) return null
  const total = weights.reduce((sum, weight, index) => sum + weight * Number(parts[index + 2] ?? 0), 0)
  return parts[1] === '-' ? -total : total
}
