import type { Language } from '#base'

/**
 * The language of a page: the first of `ui_locales` that we speak (OpenID Connect Core, section 3.1.2.1), else the one the browser prefers
 * (RFC 9110 section 12.5.4), else French.
 */
export function chooseLanguage(uiLocales: string | undefined, acceptLanguage: string | undefined): Language {
  const wished = (uiLocales ?? '').slice(0, 200).split(' ')
  return firstSpoken(wished) ?? firstSpoken(byPreference((acceptLanguage ?? '').slice(0, 500))) ?? 'fr'
}

function firstSpoken(tags: readonly string[]): Language | undefined {
  return tags.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'fr' || tag === 'en')
}

function byPreference(header: string): readonly string[] {
  return header
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.split(';').map((part) => part.trim())
      const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality)
    .map(({ tag }) => tag)
}
