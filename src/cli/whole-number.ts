import { Problem } from '#base'

/** Reads a whole number of an option, e.g. of days. */
export function parseWhole(text: string, of: { readonly fr: string; readonly en: string }): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Problem({
    code: 'command/number',
    status: 400,
    text: {
      fr: `Nombre illisible « ${text} » : écrivez un nombre entier de ${of.fr}, par exemple 30.`,
      en: `"${text}" cannot be read: write a whole number of ${of.en}, for example 30.`,
    },
  })
}
