import type { Language } from '#base'
import type { Refusal } from '../exchange.js'

/** How much a request may hold, in a sentence; null where nobody knows. */
export function sizeText({ code, detail }: Refusal, language: Language): string | null {
  const most = detail?.bytesMax
  if (code !== 'request/body-too-large' || typeof most !== 'number') return null
  return language === 'fr' ? `Envoyez ${most} octets au plus par appel.` : `Send ${most} bytes at most per call.`
}
