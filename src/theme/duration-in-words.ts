import type { Language } from '#base'

const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A length of time in the largest unit that tells it within 4 %, e.g. « 30 jours », « 25 minutes »; never less than a second. */
export function durationInWords(seconds: number, language: Language): string {
  const length = Math.max(1, Math.round(seconds))
  const [unit, size] = units.find(([name, size]) => tells(name, length / size)) ?? ['second', 1]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
    Math.round(length / size),
  )
}

/** A month is said only from two on: « 30 jours » is clearer than « 1 mois ». */
function tells(unit: string, count: number): boolean {
  const whole = Math.round(count)
  return whole >= (unit === 'month' ? 2 : 1) && Math.abs(count - whole) <= whole * 0.04
}
