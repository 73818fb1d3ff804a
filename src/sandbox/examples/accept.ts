/** The media type that an `Accept` header prefers among those offered (RFC 9110 section 12.5.1); null when it accepts none. */
export function preferredType(accept: string | undefined, offered: readonly string[]): string | null {
  if (accept === undefined || accept.trim() === '') return offered[0] ?? null
  const ranges = accept.split(',', 50).map(parseRange)
  const ranked = offered
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
  return ranked[0]?.type ?? null
}

interface Range {
  readonly type: string
  readonly subtype: string
  readonly quality: number
}

function parseRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const [type = '', subtype = ''] = name.split('/')
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = weight === undefined ? 1 : Number(weight.slice(2))
  return { type, subtype, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** The most specific range that fits decides. */
function qualityOf(offered: string, ranges: readonly Range[]): number {
  const { type, subtype } = parseRange(offered)
  const fits = ranges
    .filter(
      (range) => (range.type === type || range.type === '*') && (range.subtype === subtype || range.subtype === '*'),
    )
    .toSorted((one, other) => stars(one) - stars(other))
  return fits[0]?.quality ?? 0
}

const stars = ({ type, subtype }: Range) => (type === '*' ? 1 : 0) + (subtype === '*' ? 1 : 0)
