import { Problem } from '#base'

interface PersonMistake {
  /** The name that says nothing of a person; null: too little was given. */
  readonly unknown: string | null
  readonly known: readonly string[]
}

/** Names of parameters are told, never what stood in them. */
export function evidenceProblem(code: 'evidence/person', { unknown, known }: PersonMistake): Problem {
  const names = known.join(', ')
  const name = unknown?.slice(0, 60)
  const text =
    name === undefined
      ? {
          fr: `L’identité ne nomme personne : donnez au moins un nom de naissance, ou un identifiant. Paramètres : ${names}.`,
          en: `The identity names nobody: give at least a name at birth, or an identifier. Parameters: ${names}.`,
        }
      : {
          fr: `Le paramètre « ${name} » ne dit rien, ou pas une seule chose, d’une personne. Paramètres : ${names}.`,
          en: `The parameter "${name}" says nothing, or not one thing, of a person. Parameters: ${names}.`,
        }
  return new Problem({ code, status: 400, text })
}

/** What is wrong with the question itself. */
export function evidenceRequestProblem(code: keyof typeof requestProblems): Problem {
  return new Problem({ code, status: 400, text: requestProblems[code] })
}

const requestProblems = {
  'evidence/period': {
    fr: 'La période ne contient aucun instant : « from » doit être avant « to ».',
    en: 'The period holds no moment: "from" must be before "to".',
  },
  'evidence/cursor': {
    fr: 'Cette suite n’en est pas une : donnez en « after » le « next » de la page précédente, tel quel.',
    en: 'This is no place to go on from: give as "after" the "next" of the page before, as it is.',
  },
}
