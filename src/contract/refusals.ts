import type { Text } from '#base'
import type { Refusal } from './exchange.js'

interface RefusalEntry {
  readonly status: number
  readonly title: Text
  /** What the caller should do. */
  readonly mend: Text
}

const entry = (status: number, title: Text, mend: Text): RefusalEntry => ({ status, title, mend })

/** Nobody is told by the gateway itself: whoever watches its metrics sees it (`portique_refusals_total`). */
const tryLater: Text = {
  fr: 'Réessayez plus tard ; si cela dure, donnez l’identifiant de requête à la plateforme.',
  en: 'Try again later; if it lasts, give the request id to the platform.',
}

/** Every reason for which the gateway refuses a call: stable codes, never reused; each has its page in the portal. */
export const refusals = {
  'request/malformed': entry(
    400,
    { fr: 'Requête mal formée', en: 'Malformed request' },
    { fr: 'Vérifiez la ligne de requête et les en-têtes.', en: 'Check the request line and the headers.' },
  ),
  'request/head-too-large': entry(
    431,
    { fr: 'En-têtes ou adresse trop longs', en: 'Headers or address too long' },
    {
      fr: 'Envoyez moins de 16 Kio de ligne de requête et d’en-têtes, et 128 en-têtes au plus.',
      en: 'Send less than 16 KiB of request line and headers, and 128 headers at most.',
    },
  ),
  'request/head-late': entry(
    408,
    { fr: 'Requête trop lente', en: 'Request too slow' },
    { fr: 'Renvoyez la requête, d’un trait.', en: 'Send the request again, in one go.' },
  ),
  'request/transfer-coding': entry(
    501,
    { fr: 'Codage de transfert non pris en charge', en: 'Transfer coding not supported' },
    {
      fr: 'Envoyez le corps avec Content-Length, ou avec « Transfer-Encoding: chunked » seul.',
      en: 'Send the body with Content-Length, or with "Transfer-Encoding: chunked" alone.',
    },
  ),
  'request/host': entry(
    400,
    { fr: 'En-tête Host absent, double ou inconnu', en: 'Host header missing, repeated or unknown' },
    { fr: 'Appelez l’adresse publiée de la plateforme.', en: 'Call the published address of the platform.' },
  ),
  'request/path': entry(
    400,
    { fr: 'Chemin refusé', en: 'Path refused' },
    {
      fr: 'Encodez chaque segment une seule fois, sans segment « .. », sans %2F, %5C ni %00.',
      en: 'Encode each segment once; no dot segments, no %2F, %5C or %00.',
    },
  ),
  'request/hash': entry(
    400,
    { fr: 'Caractère «\u00a0#\u00a0» dans l’adresse', en: 'Character "#" in the address' },
    { fr: 'Écrivez %23 à sa place.', en: 'Write %23 instead.' },
  ),
  'request/semicolon': entry(
    400,
    { fr: 'Caractère «\u00a0;\u00a0» dans le chemin', en: 'Character ";" in the path' },
    { fr: 'Écrivez %3B à sa place.', en: 'Write %3B instead.' },
  ),
  'request/empty-segment': entry(
    400,
    { fr: 'Segment vide dans le chemin', en: 'Empty segment in the path' },
    { fr: 'Écrivez « / » à la place de « // ».', en: 'Write "/" instead of "//".' },
  ),
  'request/query': entry(
    400,
    { fr: 'Paramètres d’adresse illisibles', en: 'Query cannot be read' },
    {
      fr: 'Après « ? », encodez les valeurs en UTF-8 et en pourcents (RFC 3986), sans %00.',
      en: 'After "?", encode the values in UTF-8 and percents (RFC 3986), without %00.',
    },
  ),
  'request/header-twice': entry(
    400,
    { fr: 'En-tête répété', en: 'Repeated header' },
    { fr: 'N’envoyez cet en-tête qu’une fois.', en: 'Send this header once.' },
  ),
  'request/contract': entry(
    400,
    { fr: 'Requête contraire au contrat', en: 'Request against the contract' },
    {
      fr: 'Comparez les paramètres et le corps de l’appel avec le contrat de l’API.',
      en: 'Compare the parameters and the body of the call with the contract of the API.',
    },
  ),
  'request/body-too-large': entry(
    413,
    { fr: 'Corps de requête trop grand', en: 'Request body too large' },
    { fr: 'Envoyez moins de données par appel.', en: 'Send less data per call.' },
  ),
  'request/body-late': entry(
    408,
    { fr: 'Corps de requête trop lent', en: 'Request body too slow' },
    { fr: 'Renvoyez la requête.', en: 'Send the request again.' },
  ),
  'request/body-cut': entry(
    400,
    { fr: 'Corps de requête interrompu', en: 'Request body cut short' },
    { fr: 'Renvoyez la requête entière.', en: 'Send the whole request again.' },
  ),
  'request/expectation': entry(
    417,
    { fr: 'Attente non prise en charge', en: 'Expectation not supported' },
    { fr: 'Seul « Expect: 100-continue » est accepté.', en: 'Only "Expect: 100-continue" is accepted.' },
  ),
  'request/upgrade': entry(
    501,
    {
      fr: 'WebSocket et changements de protocole non pris en charge',
      en: 'WebSocket and protocol upgrades are not supported',
    },
    { fr: 'Appelez en HTTP, sans en-tête Upgrade.', en: 'Call with plain HTTP, without an Upgrade header.' },
  ),
  'request/method-unknown': entry(
    501,
    { fr: 'Méthode inconnue', en: 'Unknown method' },
    { fr: 'Utilisez une méthode du contrat.', en: 'Use a method of the contract.' },
  ),
  'request/origin': entry(
    403,
    { fr: 'Origine non autorisée', en: 'Origin not allowed' },
    {
      fr: 'Déclarez l’origine auprès du fournisseur, ou appelez depuis un serveur.',
      en: 'Have the provider declare the origin, or call from a server.',
    },
  ),
  'route/unknown-api': entry(
    404,
    { fr: 'API inconnue', en: 'Unknown API' },
    {
      fr: 'Vérifiez le code et la version de l’API dans le catalogue.',
      en: 'Check the code and version of the API in the catalogue.',
    },
  ),
  'route/unknown-resource': entry(
    404,
    { fr: 'Ressource inconnue', en: 'Unknown resource' },
    { fr: 'Vérifiez le chemin dans la documentation de l’API.', en: 'Check the path in the documentation of the API.' },
  ),
  'route/method': entry(
    405,
    { fr: 'Méthode non autorisée', en: 'Method not allowed' },
    { fr: 'Utilisez une des méthodes de l’en-tête Allow.', en: 'Use one of the methods of the Allow header.' },
  ),
  'route/retired': entry(
    410,
    { fr: 'Version retirée', en: 'Version retired' },
    { fr: 'Passez à la version suivante.', en: 'Move to the next version.' },
  ),
  'token/missing': entry(
    401,
    { fr: 'Jeton d’accès absent', en: 'Access token missing' },
    { fr: 'Envoyez « Authorization: Bearer … ».', en: 'Send "Authorization: Bearer …".' },
  ),
  'token/malformed': entry(
    401,
    { fr: 'Jeton d’accès mal formé', en: 'Access token malformed' },
    { fr: 'Envoyez le jeton tel que reçu.', en: 'Send the token exactly as received.' },
  ),
  'token/invalid': entry(
    401,
    { fr: 'Jeton d’accès inconnu, expiré ou révoqué', en: 'Access token unknown, expired or revoked' },
    { fr: 'Demandez un nouveau jeton.', en: 'Ask for a new token.' },
  ),
  'token/foreign': entry(
    401,
    { fr: 'Jeton d’une autre plateforme ou d’un autre royaume', en: 'Token of another platform or realm' },
    { fr: 'Demandez un jeton au royaume de cette API.', en: 'Ask the realm of this API for a token.' },
  ),
  'token/in-query': entry(
    400,
    { fr: 'Jeton dans l’adresse', en: 'Token in the address' },
    { fr: 'Envoyez le jeton dans l’en-tête Authorization.', en: 'Send the token in the Authorization header.' },
  ),
  'token/environment': entry(
    401,
    { fr: 'Jeton d’un autre environnement', en: 'Token of another environment' },
    { fr: 'Utilisez les identifiants de cet environnement.', en: 'Use the credentials of this environment.' },
  ),
  'access/application': entry(
    403,
    { fr: 'Application suspendue', en: 'Application suspended' },
    { fr: 'Contactez la plateforme.', en: 'Contact the platform.' },
  ),
  'access/subscription': entry(
    403,
    { fr: 'API non souscrite', en: 'API not subscribed' },
    { fr: 'Souscrivez à l’API depuis l’espace de l’application.', en: 'Subscribe the application to the API.' },
  ),
  'access/scope': entry(
    403,
    { fr: 'Scope manquant', en: 'Scope missing' },
    { fr: 'Demandez un jeton avec les scopes indiqués.', en: 'Ask for a token with the scopes named here.' },
  ),
  'access/right': entry(
    403,
    { fr: 'Droit insuffisant', en: 'Insufficient right' },
    {
      fr: 'L’habilitation ne donne pas le droit qui est demandé ici ; faites-la compléter.',
      en: 'The habilitation does not give the right that is asked for here; have it extended.',
    },
  ),
  'access/person': entry(
    403,
    { fr: 'Jeton sans usager', en: 'Token without a person' },
    {
      fr: 'Demandez un jeton au nom d’un usager (code d’autorisation).',
      en: 'Ask for a token in the name of a person (authorization code).',
    },
  ),
  'access/address': entry(
    403,
    { fr: 'Adresse IP non autorisée', en: 'Address not allowed' },
    {
      fr: 'Appelez depuis une adresse déclarée pour ce jeton.',
      en: 'Call from an address that is declared for this token.',
    },
  ),
  'request/in-flight': entry(
    409,
    { fr: 'Même appel déjà en cours', en: 'Same call already under way' },
    { fr: 'Attendez la réponse du premier appel.', en: 'Wait for the answer of the first call.' },
  ),
  'quota/application': entry(
    429,
    { fr: 'Quota de l’application dépassé', en: 'Quota of the application exceeded' },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'quota/api': entry(
    429,
    { fr: 'Quota de l’API dépassé', en: 'Quota of the API exceeded' },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'quota/operation': entry(
    429,
    { fr: 'Quota de l’opération dépassé', en: 'Quota of the operation exceeded' },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'quota/token': entry(
    429,
    { fr: 'Quota du jeton dépassé', en: 'Quota of the token exceeded' },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'quota/concurrency': entry(
    429,
    { fr: 'Trop d’appels simultanés de l’application', en: 'Too many calls of the application at once' },
    {
      fr: 'Attendez la réponse des appels en cours ; envoyez moins d’appels, ou de plus petits corps, à la fois.',
      en: 'Wait for the calls under way to be answered; send fewer calls, or smaller bodies, at once.',
    },
  ),
  'upstream/unreachable': entry(502, { fr: 'Fournisseur injoignable', en: 'Provider unreachable' }, tryLater),
  'upstream/broken': entry(
    502,
    { fr: 'Réponse du fournisseur inutilisable', en: 'Unusable answer from the provider' },
    tryLater,
  ),
  'upstream/late': entry(
    504,
    { fr: 'Fournisseur trop lent', en: 'Provider too slow' },
    { fr: 'Réessayez plus tard.', en: 'Try again later.' },
  ),
  'upstream/resting': entry(
    503,
    {
      fr: 'Fournisseur momentanément écarté après des échecs répétés',
      en: 'Provider set aside for a moment after repeated failures',
    },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'upstream/unresolved': entry(
    502,
    { fr: 'Nom du fournisseur introuvable', en: "Provider's name not found" },
    tryLater,
  ),
  'upstream/untrusted': entry(
    502,
    { fr: 'Connexion sûre au fournisseur impossible', en: 'No safe connection to the provider' },
    tryLater,
  ),
  'upstream/internal': entry(
    502,
    { fr: 'Erreur interne du fournisseur', en: 'Internal error of the provider' },
    tryLater,
  ),
  'upstream/temporary': entry(
    502,
    { fr: 'Erreur passagère du fournisseur', en: 'Passing error of the provider' },
    { fr: 'Réessayez plus tard.', en: 'Try again later.' },
  ),
  'upstream/credentials': entry(
    502,
    { fr: 'Le fournisseur refuse la plateforme', en: 'The provider refuses the platform' },
    { fr: 'La plateforme corrige son accès au fournisseur.', en: 'The platform mends its access to the provider.' },
  ),
  'upstream/limited': entry(
    502,
    { fr: 'Limite d’appels du fournisseur atteinte', en: "The provider's own limit of calls is reached" },
    {
      fr: 'Attendez le nombre de secondes qu’indique Retry-After, ou réessayez plus tard.',
      en: 'Wait as long as Retry-After says, or try again later.',
    },
  ),
  'upstream/unknown': entry(
    502,
    { fr: 'Réponse inconnue du fournisseur', en: 'Unknown answer from the provider' },
    tryLater,
  ),
  'upstream/maintenance': entry(
    503,
    { fr: 'Maintenance du fournisseur', en: 'Maintenance of the provider' },
    {
      fr: 'Attendez le nombre de secondes qu’indique Retry-After, ou réessayez plus tard.',
      en: 'Wait as long as Retry-After says, or try again later.',
    },
  ),
  'upstream/conflict': entry(409, { fr: 'Conflit chez le fournisseur', en: 'Conflict at the provider' }, tryLater),
  'upstream/not-found': entry(
    404,
    { fr: 'Personne ou dossier introuvable', en: 'Person or file not found' },
    {
      fr: 'Vérifiez les paramètres ; aucun dossier du fournisseur n’y correspond.',
      en: 'Check the parameters; the provider holds no file for them.',
    },
  ),
  'upstream/identity-unknown': entry(
    422,
    { fr: 'Identité inconnue', en: 'Identity unknown' },
    { fr: 'Vérifiez chaque paramètre de l’identité.', en: 'Check each parameter of the identity.' },
  ),
  'upstream/identity-refused': entry(
    422,
    { fr: 'État civil refusé', en: 'Identity refused' },
    { fr: 'Vérifiez chaque paramètre de l’identité.', en: 'Check each parameter of the identity.' },
  ),
  'upstream/identifier-refused': entry(
    422,
    { fr: 'Identifiant refusé', en: 'Identifier refused' },
    { fr: 'Vérifiez l’identifiant.', en: 'Check the identifier.' },
  ),
  'upstream/identity-ambiguous': entry(
    422,
    { fr: 'Identité ambiguë', en: 'Identity ambiguous' },
    { fr: 'Précisez la date ou le lieu de naissance.', en: 'Add the date or the place of birth.' },
  ),
  'upstream/period-refused': entry(
    422,
    { fr: 'Période refusée', en: 'Period refused' },
    { fr: 'Demandez une autre période.', en: 'Ask for another period.' },
  ),
  'sandbox/no-answer': entry(
    501,
    { fr: 'Le bac à sable n’a pas de réponse pour cet appel', en: 'The sandbox has no answer for this call' },
    { fr: 'Ajoutez un cas, ou un exemple au contrat.', en: 'Add a case, or an example to the contract.' },
  ),
  'gateway/busy': entry(
    503,
    { fr: 'Passerelle saturée', en: 'Gateway saturated' },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'gateway/unproven': entry(
    503,
    { fr: 'Jeton momentanément invérifiable', en: 'Token cannot be verified for a moment' },
    { fr: 'Attendez le nombre de secondes qu’indique Retry-After.', en: 'Wait as long as Retry-After says.' },
  ),
  'gateway/stopping': entry(
    503,
    { fr: 'La passerelle s’arrête', en: 'The gateway is stopping' },
    { fr: 'Réessayez.', en: 'Try again.' },
  ),
  'gateway/fault': entry(
    500,
    { fr: 'Erreur interne', en: 'Internal error' },
    { fr: 'Indiquez l’identifiant de requête à l’assistance.', en: 'Give the request id to the support.' },
  ),
} as const satisfies Record<string, RefusalEntry>

export type RefusalCode = keyof typeof refusals

/** A refusal of the table, with its own status. */
export function refusal(code: RefusalCode, detail?: Readonly<Record<string, unknown>>): Refusal {
  return detail === undefined
    ? { code, status: refusals[code].status }
    : { code, status: refusals[code].status, detail }
}
