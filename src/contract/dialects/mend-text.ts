import type { Language } from '#base'
import type { Refusal } from '../exchange.js'
import { type RefusalCode, refusals } from '../refusals.js'
import { contractText } from './contract-place.js'
import { sizeText } from './size-text.js'

/** How to mend a refused call, with the place, header or size that it was refused for where one is known. */
export function mendText(told: Refusal, language: Language): string {
  const entry = Object.hasOwn(refusals, told.code) ? refusals[told.code as RefusalCode] : refusals['gateway/fault']
  return contractText(told, language) ?? sizeText(told, language) ?? entry.mend[language]
}
