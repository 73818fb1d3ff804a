import type { Language } from '#base'

/** The better of French and English by `Accept-Language` (RFC 9110 section 12.5.4); French when it does not tell. */
export function languageOf(acceptLanguage: string | null): Language {
  if (acceptLanguage === null) return 'fr'
  let best: Language = 'fr'
  let weight = 0
  for (const range of acceptLanguage.split(',')) {
    const match = /^\s*(fr|en)(?:-[\w-]*)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(range)
    const own = match === null ? 0 : Number(match[2] ?? 1)
    if (own <= weight) continue
    weight = own
    best = match?.[1]?.toLowerCase() === 'en' ? 'en' : 'fr'
  }
  return best
}
