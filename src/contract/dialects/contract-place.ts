import type { Language } from '#base'
import type { Refusal } from '../exchange.js'

/** The members of a problem that say which part of the call breaks the contract; none where nobody knows. */
export function contractPlace(told: Refusal): { readonly parameter?: string; readonly expected?: string } {
  const { parameter, expected } = placeOf(told)
  return { ...(parameter !== null && { parameter }), ...(expected !== null && { expected }) }
}

/** The same in a sentence, or which header is sent twice; null where nobody knows. */
export function contractText(told: Refusal, language: Language): string | null {
  if (told.code === 'request/header-twice') return twiceText(told, language)
  const { parameter, expected } = placeOf(told)
  if (parameter === null) return null
  const { kind } = told.detail ?? {}
  const words = Object.entries({ required: missing, body, rule }).find(([of]) => of === kind)?.[1] ?? wrong
  const text = words[language](parameter)
  const asked = language === 'fr' ? ` Attendu : ${expected}.` : ` Expected: ${expected}.`
  return expected === null ? text : `${text}${asked}`
}

function twiceText({ detail }: Refusal, language: Language): string | null {
  if (typeof detail?.header !== 'string') return null
  return language === 'fr' ? `N’envoyez « ${detail.header} » qu’une fois.` : `Send "${detail.header}" once.`
}

function placeOf({ code, detail }: Refusal) {
  const named = (value: unknown) =>
    code === 'request/contract' && typeof value === 'string' && value !== '' ? value : null
  return { parameter: named(detail?.parameter), expected: named(detail?.expected) }
}

const missing = {
  fr: (name: string) => `« ${name} » manque.`,
  en: (name: string) => `"${name}" is missing.`,
}
const wrong = {
  fr: (name: string) => `Le paramètre « ${name} » est contraire au contrat.`,
  en: (name: string) => `The parameter "${name}" is against the contract.`,
}
const rule = {
  fr: (name: string) => `Le paramètre « ${name} » ne va pas avec les autres, ou avec la date du jour.`,
  en: (name: string) => `The parameter "${name}" does not go with the others, or with today’s date.`,
}
const body = {
  fr: (name: string) =>
    name === 'body' ? 'Le corps est contraire au contrat.' : `Dans le corps, « ${name} » est contraire au contrat.`,
  en: (name: string) =>
    name === 'body' ? 'The body is against the contract.' : `In the body, "${name}" is against the contract.`,
}
