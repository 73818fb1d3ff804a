import type { Language } from '#base'

const formats = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }),
} as const

/** A moment (milliseconds since the epoch) as the clock on a wall in Paris shows it. */
export function dayInWords(moment: number, language: Language): string {
  return formats[language].format(moment)
}
