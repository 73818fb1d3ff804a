import type { Language } from '#base'
import type { Refusal } from '../exchange.js'

/** Where to call instead, in a sentence; null where nobody knows. */
export function addressText({ code, detail }: Refusal, language: Language): string | null {
  const addresses = detail?.addresses
  if (code !== 'request/host' || !Array.isArray(addresses) || addresses.length === 0) return null
  const list = addresses.join(', ')
  return language === 'fr' ? `Appelez une adresse publiée\u00a0: ${list}.` : `Call a published address: ${list}.`
}
