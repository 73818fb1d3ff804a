import { Problem, type Text } from '#base'
import { guessingBits } from './password-strength.js'

const shortest = 12
const longest = 256
/** Twelve random digits have a little more; guessing goes on at five attempts in a quarter of an hour. */
const bitsMin = 38

export interface PasswordHolder {
  readonly identifier: string
  readonly name: string
  /** What the service is called. */
  readonly service: readonly string[]
}

/** ANSSI and CNIL (2021, 2022): 12 characters at least, no low maximum, nothing that is guessed first, and no rule of composition. Throws `account/weak-password`, which says why. */
export function checkPassword(password: string, { identifier, name, service }: PasswordHolder): void {
  const { length } = [...password]
  if (length < shortest) throw weak(tooShort)
  if (length > longest) throw weak(tooLong)
  if (password.toLowerCase().includes(identifier.toLowerCase())) throw weak(ownName)
  const own = [identifier, name, ...service].flatMap((each) => [each, ...each.split(/[^\p{L}\p{N}]+/u)])
  if (
    guessingBits(
      password,
      own.filter((word) => word.length > 2),
    ) < bitsMin
  )
    throw weak(guessedFirst)
}

const tooShort: Text = { fr: '12 caractères au moins.', en: 'at least 12 characters.' }
const tooLong: Text = { fr: '256 caractères au plus.', en: 'at most 256 characters.' }
const ownName: Text = { fr: 'il contient l’identifiant.', en: 'it contains the user name.' }
const guessedFirst: Text = {
  fr: 'il se devine : suites du clavier, répétitions, prénoms, villes, années, mots courants, nom de la personne ou du service. Prenez quatre mots qui n’ont rien à voir entre eux.',
  en: 'it is guessed: keyboard sequences, repetitions, first names, towns, years, common words, the name of the person or of the service. Take four words that have nothing to do with each other.',
}

const weak = (why: Text) =>
  new Problem({
    code: 'account/weak-password',
    status: 400,
    text: { fr: `Mot de passe refusé : ${why.fr}`, en: `Password refused: ${why.en}` },
  })
