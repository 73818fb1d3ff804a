import { Problem } from '#base'

/** Reads a whole number of seconds. */
export function parseSeconds(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Problem({
    code: 'command/seconds',
    status: 400,
    text: {
      fr: `Durée illisible « ${text} » : écrivez un nombre entier de secondes, par exemple 3600.`,
      en: `Duration "${text}" cannot be read: write a whole number of seconds, for example 3600.`,
    },
  })
}
