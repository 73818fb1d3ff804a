import type { Refusal } from '../exchange.js'
import type { NamedError } from './documented-errors.js'

/**
 * What version 2 says of what the platform itself refuses, by the gateway's code and, where one has several, what it tells besides. The contracts
 * show these words. `{name}` stands for a word of the refusal.
 */
export const namedWords: Readonly<Record<string, NamedError>> = {
  'token/missing': {
    reason: 'Token is missing',
    message: 'Votre jeton est absent : envoyez-le dans « Authorization: Bearer … » ou dans « X-Api-Key ».',
  },
  'token/malformed': {
    reason: 'Token is malformed',
    message: 'Votre jeton est mal formé : envoyez-le tel que vous l’avez reçu.',
  },
  'token/invalid': {
    reason: 'Token is invalid',
    message: 'Votre jeton n’est pas un jeton valide de cette plateforme.',
  },
  'token/invalid unknown': {
    reason: 'Token is unknown',
    message: 'Votre jeton est bien formé, mais la plateforme ne le connaît pas.',
  },
  'token/foreign': {
    reason: 'Token is foreign',
    message: 'Votre jeton est celui d’une autre plateforme ou d’un autre usage.',
  },
  'token/environment sandbox': {
    reason: 'Production token in sandbox',
    message: 'Un jeton de production ne sert pas au bac à sable.',
  },
  'token/environment production': {
    reason: 'Sandbox token in production',
    message: 'Un jeton de bac à sable ne sert pas en production.',
  },
  'access/scope': {
    reason: 'Scopes are missing',
    message: 'Votre jeton ne porte aucun des scopes de cette API : {scope}.',
  },
  'access/right': {
    reason: 'Right is missing',
    message: 'Votre habilitation ne donne pas le droit « {right} » que cet appel demande ; faites-la compléter.',
  },
  'request/contract required': {
    reason: 'Parameter is missing',
    message: 'Le paramètre « {parameter} » est obligatoire.',
  },
  'request/contract format': {
    reason: 'Parameter is invalid',
    message: 'Le paramètre « {parameter} » est incorrect.',
  },
  'request/contract rule': {
    reason: 'Parameter breaks a rule',
    message: 'Le paramètre « {parameter} » ne va pas avec les autres, ou avec la date du jour.',
  },
  'request/contract twice': {
    reason: 'Parameter is repeated',
    message: 'Le paramètre « {parameter} » est donné plusieurs fois ; donnez-le une seule.',
  },
  'request/contract otherwise': {
    reason: 'Parameter is misnamed',
    message:
      'Le paramètre « {parameter} » est écrit autrement que le contrat : ni crochets de trop, ni autres lettres.',
  },
  'gateway/fault': {
    reason: 'Internal error',
    message: 'La plateforme a rencontré une erreur ; donnez l’identifiant de requête au support.',
  },
}

/** Codes of rules that say something else in version 2 than in the nomenclature of later ones, where some stand for a wrong form too. */
export const ruleWords: Readonly<Record<string, string>> = {
  '00365': 'Un nom de commune va avec son département et l’année de naissance.',
  '00366': 'Donnez l’INE seul, ou bien le nom, le prénom et la date de naissance, sans INE.',
}

/** The same of what the doorkeeper refuses. */
export const flatWords: Readonly<Record<string, string>> = {
  'token/invalid expired': 'Votre jeton a expiré ; renouvelez-le depuis votre espace.',
  'token/invalid revoked': 'Votre jeton est bloqué ; votre espace indique où trouver le jeton valide.',
  'access/application': 'L’application de ce jeton est suspendue ; contactez la plateforme.',
  'access/address': 'Votre habilitation n’admet pas les appels de cette adresse IP.',
  'request/in-flight': 'Le même appel est déjà en cours de traitement ; attendez sa réponse.',
  'quota/token': 'Ce jeton a dépassé son nombre d’appels ; attendez le temps que dit Retry-After.',
}

/** The entry for a refusal; undefined: it has no words of its own. */
export function wordsFor<Words>(table: Readonly<Record<string, Words>>, { code, detail }: Refusal): Words | undefined {
  const { given, kind, reason, environment } = detail ?? {}
  const told = [given, kind, reason, environment].find((one) => typeof one === 'string')
  return (told === undefined ? undefined : table[`${code} ${told}`]) ?? table[code]
}

export const filled = (message: string, { detail }: Refusal): string =>
  message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(detail?.[name] ?? '…').replaceAll(' ', ', '))
