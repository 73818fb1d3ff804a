import { Problem } from '#base'

const shortest = 12
const longest = 256

/** ANSSI and CNIL (2021, 2022): 12 characters at least, no low maximum, nothing that is guessed first, and no rule of composition. Throws `account/weak-password`. */
export function checkPassword(password: string, identifier: string): void {
  const characters = [...password]
  const plain = password.toLowerCase()
  const wrong =
    characters.length < shortest ||
    characters.length > longest ||
    new Set(characters).size < 5 ||
    guessedFirst.some((word) => plain.replace(/[^a-z]/g, '') === word) ||
    plain.includes(identifier.toLowerCase())
  if (wrong) throw weakPassword
}

/** Words that, whatever digits and signs surround them, are tried first. */
const guessedFirst = [
  'motdepasse',
  'password',
  'azertyuiop',
  'qwertyuiop',
  'administrateur',
  'francetravail',
  'portique',
  'bonjour',
]

const weakPassword = new Problem({
  code: 'account/weak-password',
  status: 400,
  text: {
    fr: 'Mot de passe refusé : 12 caractères au moins (256 au plus), pas l’identifiant, pas un mot que l’on devine.',
    en: 'Password refused: at least 12 characters (256 at most), not the user name, not a word that is guessed.',
  },
})
