import { guessedWords } from './guessed-words.js'

/** What a part of a password costs somebody who guesses, in bits. */
const bits = { word: 10, sequence: 6, repetition: 2, year: 6, date: 14, digit: 3.4, sign: 3, other: 4.7 } as const

/** Keys side by side on keyboards of France and elsewhere, above each other, and the alphabet. */
const rows = [
  ...[
    'azertyuiop',
    'qsdfghjklm',
    'wxcvbn',
    'qwertyuiop',
    'asdfghjkl',
    'zxcvbnm',
    'abcdefghijklmnopqrstuvwxyz',
    '12345678901234567890',
  ],
  ...[
    '1a2z3e4r5t6y7u8i9o0p',
    'a1z2e3r4t5y6u7i8o9p0',
    'aqwzsxedcrfvtgbyhnujik',
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
    '&é"\'(-è_çà)=',
  ],
].flatMap((row) => [row, [...row].reverse().join('')])

const wordMax = 24

/**
 * How hard it is to guess, in bits, for somebody who tries words, names and places first, then years, sequences and repetitions of them
 * (ASVS 5.0 V6.2.4). `own`: words of the person and of the service.
 */
export function guessingBits(password: string, own: readonly string[]): number {
  const text = password.normalize('NFC').toLowerCase()
  const plain = unaccented(text)
  const readings = [plain, unleet(plain)]
  const words = new Set([...guessedWords, ...own.map((word) => unaccented(word.toLowerCase()))])
  /** The least that each beginning costs. */
  const least = [0]
  for (let end = 1; end <= text.length; end += 1) {
    let best = (least[end - 1] ?? 0) + characterBits(text[end - 1] ?? '')
    for (let start = Math.max(0, end - 2 * wordMax); start < end - 1; start += 1) {
      const cost = partBits(start, end)
      if (cost !== undefined) best = Math.min(best, (least[start] ?? 0) + cost)
    }
    least.push(best)
  }
  return least.at(-1) ?? 0

  function partBits(start: number, end: number): number | undefined {
    const part = text.slice(start, end)
    if (start >= part.length && text.slice(start - part.length, start) === part) return bits.repetition
    if (part.length > 2 && rows.some((row) => row.includes(part))) return bits.sequence
    if (/^(19|20)\d\d$/.test(part)) return bits.year
    if (/^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d\d$/.test(part)) return bits.date
    if (part.length <= wordMax && readings.some((reading) => words.has(reading.slice(start, end)))) return bits.word
    return undefined
  }
}

function characterBits(character: string): number {
  if (/\d/.test(character)) return bits.digit
  return /\p{L}/u.test(character) ? bits.other : bits.sign
}

/** Letter by letter, so that places stay where they are. */
const unaccented = (text: string) => [...text].map((each) => each.normalize('NFD')[0] ?? each).join('')

const leet: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const unleet = (text: string) => [...text].map((each) => leet[each] ?? each).join('')
