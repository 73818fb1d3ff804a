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
    fr: 'L’application et la souscription ne sont pas du même environnement.',
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
    fr: 'Une application publique n’a pas de secret.',
    en: 'A public application has no secret.',
  },
  'access/unknown-token': { status: 404, fr: 'Jeton inconnu.', en: 'Unknown token.' },
  'access/no-tokens-here': {
    status: 409,
    fr: 'Cette plateforme ne donne pas de jetons de longue durée.',
    en: 'This platform gives no long-lived tokens.',
  },
  'access/token-without-scopes': {
    status: 400,
    fr: 'Un jeton de production porte au moins un scope d’une API de sa plateforme.',
    en: 'A token of production has one scope at least, of an API of its platform.',
  },
  'access/unknown-scope': {
    status: 400,
    fr: 'Ce scope n’est d’aucune API de la plateforme.',
    en: 'This scope belongs to no API of the platform.',
  },
  'access/token-too-long': {
    status: 400,
    fr: 'Un jeton porte 200 scopes au plus.',
    en: 'A token has 200 scopes at most.',
  },
  'access/bad-token-title': {
    status: 400,
    fr: 'L’intitulé d’un jeton dit à quoi il sert, en 1 à 200 caractères lisibles.',
    en: 'The title of a token says what it is for, in 1 to 200 readable characters.',
  },
  'access/unknown-right': {
    status: 400,
    fr: 'Aucun contrat de la plateforme ne demande ce droit.',
    en: 'No contract of the platform asks for this right.',
  },
  'access/bad-right': {
    status: 400,
    fr: 'Un droit s’écrit en minuscules, chiffres et tirets, par exemple sphere-educative ; 200 au plus.',
    en: 'A right is written in lower-case letters, digits and hyphens, for example sphere-educative; 200 at most.',
  },
  'access/bad-habilitation': {
    status: 400,
    fr: 'L’identifiant d’une habilitation compte de 1 à 100 lettres, chiffres et « . : _ - ».',
    en: 'The identifier of a habilitation has 1 to 100 letters, digits and ". : _ -".',
  },
  'access/bad-recipient': {
    status: 400,
    fr: 'Le destinataire est un SIRET : 14 chiffres dont la clé est juste.',
    en: 'The recipient is a SIRET: 14 digits whose check digit is right.',
  },
  'access/bad-network': {
    status: 400,
    fr: 'Une adresse autorisée est une adresse IP ou un bloc CIDR, par exemple 203.0.113.0/24 ; 200 au plus.',
    en: 'An allowed address is an IP address or a CIDR block, for example 203.0.113.0/24; 200 at most.',
  },
  'access/bad-rate': {
    status: 400,
    fr: 'Le nombre d’appels par minute est entier, au moins 1.',
    en: 'The number of calls a minute is whole, at least 1.',
  },
  'access/renewal-too-early': {
    status: 409,
    fr: 'Ce jeton n’est pas encore dans ses derniers jours : il se renouvelle à partir de la date que « token show » indique.',
    en: 'This token is not in its last days yet: it can be renewed from the date that `token show` tells.',
  },
  'access/token-blocked': {
    status: 409,
    fr: 'Ce jeton est bloqué ou remplacé : faites-en un autre.',
    en: 'This token is blocked or replaced: make another one.',
  },
  'access/token-expired': {
    status: 409,
    fr: 'Ce jeton est expiré : faites-en un autre.',
    en: 'This token has expired: make another one.',
  },
  'access/token-ended': {
    status: 409,
    fr: 'Ce jeton est bloqué ou expiré : il n’ouvre plus rien. Faites-en un autre.',
    en: 'This token is blocked or has expired, and opens nothing any more: make another one.',
  },
  'access/token-changed': {
    status: 409,
    fr: 'Quelqu’un d’autre vient de changer ce jeton : consultez-le de nouveau.',
    en: 'Somebody else has just changed this token: look at it again.',
  },
  'access/nothing-to-set': {
    status: 400,
    fr: 'Rien à changer : donnez les adresses autorisées, ou le nombre d’appels par minute.',
    en: 'Nothing to change: give the allowed addresses, or the number of calls a minute.',
  },
  'access/key-changed': {
    status: 409,
    fr: 'Quelqu’un d’autre vient de changer la clé : la nouvelle signe déjà, il n’y a rien à refaire.',
    en: 'Somebody else has just rotated the key: the new one signs already, and there is nothing to do again.',
  },
  'access/bad-block-date': {
    status: 400,
    fr: 'Un jeton remplacé est bloqué après 0 à 366 jours entiers.',
    en: 'A token that was replaced is blocked after 0 to 366 whole days.',
  },
  'access/bad-key-overlap': {
    status: 400,
    fr: 'L’ancienne clé compte encore de 0 à 1830 jours entiers.',
    en: 'The old key counts for 0 to 1830 more whole days.',
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
