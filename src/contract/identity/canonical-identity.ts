/** What parameters of a person's civil identity say; any other word of `x-identity` names an identifier, e.g. `ine`. */
export const civilParts = [
  'family-name',
  'given-names',
  'birth-date',
  'birth-year',
  'birth-month',
  'birth-day',
] as const

/** Values of an identity by the word that `x-identity` gives them, in the order in which they came. */
export type IdentityValues = ReadonlyMap<string, readonly string[]>

/**
 * One text for one person, however a call spells them: the identifiers where there are any, else family name, first given name and date of
 * birth, without case, accents or signs. Null: nothing names a person.
 */
export function canonicalIdentity(values: IdentityValues): string | null {
  const identifiers = [...values]
    .filter(([part]) => !isCivil(part))
    .flatMap(([part, texts]) => {
      const text = firstFolded(texts)
      return text === '' ? [] : [`${part}=${text}`]
    })
  if (identifiers.length > 0) return identifiers.sort().join('|')
  const first = (part: (typeof civilParts)[number]) =>
    (values.get(part)?.find((text) => text.trim() !== '') ?? '').slice(0, lengthMax)
  const name = firstFolded(values.get('family-name'))
  if (name === '') return null
  const [given = ''] = firstFolded(values.get('given-names')).split(' ')
  return `person=${name}|${given}|${birthDate(first)}`
}

/** The same for the person in whose name a token was issued. `realm`: `<platform>/<realm>`. */
export const subjectIdentity = (realm: string, subject: string): string => `subject=${realm}|${subject}`

const civil: ReadonlySet<string> = new Set(civilParts)
const isCivil = (part: string): boolean => civil.has(part)
const lengthMax = 200

function birthDate(first: (part: 'birth-date' | 'birth-year' | 'birth-month' | 'birth-day') => string): string {
  const whole = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(first('birth-date').trim())
  const [year = '', month = '', day = ''] =
    whole === null ? [first('birth-year'), first('birth-month'), first('birth-day')] : whole.slice(1)
  return [number(year, 4), number(month, 2), number(day, 2)].join('-')
}

const number = (text: string, digits: number): string =>
  /^\d+$/.test(text.trim()) ? String(Number(text)).padStart(digits, '0') : '0'.repeat(digits)

/** The first that says anything. */
const firstFolded = (texts: readonly string[] = []): string => texts.map(folded).find((text) => text !== '') ?? ''

const ligatures: Readonly<Record<string, string>> = { Œ: 'OE', Æ: 'AE' }

/** Capitals without accents, signs as one space. */
function folded(text: string): string {
  return text
    .slice(0, lengthMax)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[ŒÆ]/g, (sign) => ligatures[sign] ?? sign)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
