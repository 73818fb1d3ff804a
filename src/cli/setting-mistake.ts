import { Problem } from '#base'
import { formatMistakes, type Mistake } from '#contract'

/** What is wrong with a setting, told as what is wrong in a file is. */
export const settingMistake = (setting: string, reason: string, mend: string): Mistake => ({
  ...{ file: setting, line: 0, column: 0 },
  ...{ reason, mend },
})

/** Throws `settings/refused` with all of them, if there are any. */
export function refuseMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return
  const told = formatMistakes(mistakes)
  const count = `${mistakes.length} ${mistakes.length === 1 ? 'thing' : 'things'}`
  throw new Problem({
    code: 'settings/refused',
    status: 500,
    text: {
      fr: `${told}\n\nDémarrage refusé : ${mistakes.length} point(s) à corriger.`,
      en: `${told}\n\nStart refused: ${count} to mend.`,
    },
  })
}
