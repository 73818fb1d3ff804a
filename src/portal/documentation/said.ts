import type { Language, Text } from '#base'
import type { Json, Operation } from '#contract'

/** A sentence of a contract, in the language that was asked for where the contract has it. */
export interface Said {
  readonly text: string
  /** Set where it is in another language than the page. */
  readonly lang?: 'fr'
}

/** `description` or `summary` of a contract, French, with `x-description-en` or `x-summary-en` beside it. */
export function saidOf(node: object, name: 'description' | 'summary' | 'title', language: Language): Said | null {
  const french: unknown = Reflect.get(node, name)
  const english: unknown = Reflect.get(node, `x-${name}-en`)
  if (language === 'en' && typeof english === 'string') return { text: english }
  if (typeof french !== 'string' || french === '') return null
  return language === 'en' ? { text: french, lang: 'fr' } : { text: french }
}

export const textSaid = (text: Text, language: Language): Said => ({ text: text[language] })

export const shownValue = (value: Json | undefined): string =>
  value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : Array.isArray(value) && value.every((each: Json) => typeof each !== 'object')
        ? value.map(String).join(', ')
        : JSON.stringify(value)

/** What an operation is called, in words. */
export const operationName = ({ id, definition }: Operation, language: Language): Said =>
  saidOf(definition, 'summary', language) ?? { text: id }
