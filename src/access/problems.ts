import { Problem, type Text } from '#base'

/** Every code of the room: its status, and what a stranger may read of it. A code is never reused. */
export const accessProblems = {
  'access/unknown-platform': { status: 404, fr: 'Plateforme inconnue.', en: 'Unknown platform.' },
  'access/unknown-api': { status: 404, fr: 'API inconnue de cette plateforme.', en: 'Unknown API on this platform.' },
  'access/unknown-application': { status: 404, fr: 'Application inconnue.', en: 'Unknown application.' },
  'access/unknown-credential': { status: 404, fr: 'Identifiant secret inconnu.', en: 'Unknown credential.' },
  'access/bad-name': {
    status: 400,
    fr: 'Le nom compte de 1 à 100 caractères lisibles, sans caractère de contrôle.',
    en: 'A name has 1 to 100 readable characters and no control character.',
  },
  'access/bad-purpose': {
    status: 400,
    fr: 'La finalité tient en une ligne de 300 caractères lisibles au plus.',
    en: 'A purpose is one line of at most 300 readable characters.',
  },
  'access/bad-redirect-uri': {
    status: 400,
    fr: 'Une adresse de redirection est absolue, sans fragment, en https (http seulement vers la machine locale) ; 20 au plus.',
    en: 'A redirect address is absolute, without fragment, https (http only to the local machine); 20 at most.',
  },
  'access/bad-environment': {
    status: 400,
    fr: "L'application et la souscription ne sont pas du même environnement.",
    en: 'The application and the subscription are not of the same environment.',
  },
  'access/bad-quota': {
    status: 400,
    fr: 'Un quota compte une limite et une période entières, au moins 1.',
    en: 'A quota has a whole limit and a whole period, at least 1.',
  },
  'access/bad-overlap': {
    status: 400,
    fr: 'Le recouvrement dure de 0 seconde à 90 jours.',
    en: 'The overlap lasts from 0 seconds to 90 days.',
  },
  'access/no-secret-for-public': {
    status: 409,
    fr: "Une application publique n'a pas de secret.",
    en: 'A public application has no secret.',
  },
} satisfies Record<string, { status: number } & Text>

export type AccessProblemCode = keyof typeof accessProblems

/** `more`: what only this occurrence knows, put behind the text of the table. */
export function accessProblem(code: AccessProblemCode, more?: Text): Problem {
  const { status, fr, en } = accessProblems[code]
  return new Problem({
    code,
    status,
    text: more === undefined ? { fr, en } : { fr: `${fr} ${more.fr}`, en: `${en} ${more.en}` },
  })
}
