import type { ErrorCode } from '../dialect.js'

const code = (status: number, number: string, title: string, detail: string): ErrorCode => ({
  code: number,
  status,
  title,
  detail,
})

/** Of the same number as a missing scope; an example of that says nothing of it. */
export const missingRight = (right?: string): ErrorCode => {
  const named = right === undefined ? '' : ` « ${right} »`
  const text = `L’habilitation ne donne pas le droit${named} que cet appel demande ; faites-la compléter.`
  return code(403, '00100', 'Droit absent', text)
}

/** Codes of the platform itself. Numbers and statuses are those of the real one, words are ours. */
export const platformCodes: readonly ErrorCode[] = [
  code(
    409,
    '00015',
    'Appel identique en cours',
    'Le même appel est déjà en cours de traitement ; attendez sa réponse.',
  ),
  code(403, '00100', 'Accès interdit', 'Le jeton ne porte aucun des scopes de cette API.'),
  missingRight(),
  code(401, '00101', 'Jeton absent ou invalide', 'Le jeton manque, ou n’est pas un jeton valide de cette plateforme.'),
  code(401, '00103', 'Jeton expiré', 'Le jeton a expiré ; renouvelez-le depuis votre espace.'),
  code(
    500,
    '00104',
    'Bac à sable mal configuré',
    'Le bac à sable ne sait pas répondre à cet appel ; prévenez la plateforme.',
  ),
  code(401, '00105', 'Jeton bloqué', 'Ce jeton a été révoqué ; votre espace indique où trouver le jeton valide.'),
  code(401, '00106', 'Jeton inconnu', 'Ce jeton est bien formé, mais la plateforme ne le connaît pas.'),
  code(403, '00107', 'Adresse IP refusée', 'L’habilitation n’admet pas les appels de cette adresse IP.'),
  code(401, '00108', 'Jeton de production', 'Un jeton de production ne sert pas au bac à sable.'),
  code(401, '00109', 'Jeton de bac à sable', 'Un jeton de bac à sable ne sert pas en production.'),
  code(
    422,
    '00203',
    'Destinataire absent',
    'Le paramètre recipient est obligatoire : SIRET de l’administration destinataire.',
  ),
  code(
    422,
    '00210',
    'Destinataire incorrect',
    'Le paramètre recipient doit être un SIRET de 14 chiffres dont la clé est juste.',
  ),
  code(
    422,
    '00353',
    'Année incorrecte',
    'L’année demandée manque, est mal écrite ou n’est pas encore venue ; annee et mois vont ensemble.',
  ),
  code(
    422,
    '00354',
    'Mois incorrect',
    'Le mois demandé manque, est mal écrit ou n’est pas encore venu ; annee et mois vont ensemble.',
  ),
  code(422, '00355', 'Période incorrecte', 'Le mois demandé doit être le mois en cours ou l’un des 23 précédents.'),
  code(422, '00360', 'INE incorrect', 'L’INE n’a aucune des formes connues.'),
  code(
    422,
    '00363',
    'Date de naissance incorrecte',
    'La date de naissance doit exister, être passée et ne pas précéder 1900 ; un jour va avec son mois, un mois avec son année.',
  ),
  code(422, '00364', 'Sexe incorrect', 'Le paramètre sexe doit être M ou F.'),
  code(
    422,
    '00365',
    'Lieu de naissance incorrect',
    'Le code de commune n’est pas un code officiel géographique, ou le nom de commune va sans département ni année.',
  ),
  code(
    422,
    '00366',
    'Nom d’usage incorrect',
    'Le nom d’usage ne contient que des lettres, des espaces, des apostrophes et des traits d’union, et n’est donné qu’une fois.',
  ),
  code(
    422,
    '00367',
    'Prénoms incorrects',
    'Le paramètre prenoms[] doit porter un prénom au moins : lettres, espaces, apostrophes, traits d’union.',
  ),
  code(422, '00368', 'Année de campagne incorrecte', 'L’année de campagne va de 2021 à l’année passée.'),
  code(422, '00380', 'Identifiant incorrect', 'Le paramètre identifiant est obligatoire, et n’est donné qu’une fois.'),
  code(422, '00400', 'Pays de naissance incorrect', 'Le code du pays doit commencer par 99 et porter cinq chiffres.'),
  code(400, '00401', 'Requête incorrecte', 'La requête ne se lit pas, ou contrevient au contrat de l’API.'),
  code(404, '00402', 'Version inconnue', 'Cette API n’a pas cette version.'),
  code(
    422,
    '00410',
    'Établissement incorrect',
    'Donnez un code d’établissement, ou un degré et un périmètre géographique.',
  ),
  code(
    422,
    '00411',
    'Année scolaire incorrecte',
    'L’année scolaire s’écrit « 2026 » ou « 2026-2027 », de 2000 à cette année.',
  ),
  code(
    422,
    '00412',
    'Degré incorrect',
    'Le degré de l’établissement, obligatoire avec des départements ou des régions, est 1D ou 2D.',
  ),
  code(
    422,
    '00413',
    'Périmètre incorrect',
    'Donnez des départements ou des régions, avec le degré, mais un seul des deux.',
  ),
  code(422, '00416', 'Département incorrect', 'Un code de département du ministère porte trois caractères.'),
  code(422, '00417', 'Région incorrecte', 'Un code de région du ministère porte deux chiffres.'),
  code(
    422,
    '00419',
    'Établissement et périmètre à la fois',
    'Donnez un code d’établissement ou un périmètre géographique, pas les deux.',
  ),
  code(
    422,
    '00420',
    'Nom de naissance incorrect',
    'Le paramètre nomNaissance est obligatoire, n’est donné qu’une fois et ne contient que des lettres, des espaces, des apostrophes et des traits d’union.',
  ),
  code(
    422,
    '00421',
    'Prénoms incorrects',
    'Le paramètre prenoms[] doit porter un prénom au moins : lettres, espaces, apostrophes, traits d’union.',
  ),
  code(422, '00422', 'Année de naissance incorrecte', 'L’année de naissance est obligatoire et porte quatre chiffres.'),
  code(422, '00423', 'Mois de naissance incorrect', 'Le mois de naissance est obligatoire et va de 1 à 12.'),
  code(422, '00424', 'Jour de naissance incorrect', 'Le jour de naissance est obligatoire et va de 1 à 31.'),
  code(
    422,
    '00425',
    'Date de naissance incorrecte',
    'Cette date doit exister au calendrier, être passée et ne pas précéder 1900.',
  ),
  code(422, '00427', 'Sexe incorrect', 'Le paramètre sexeEtatCivil doit être M ou F.'),
  code(
    422,
    '00428',
    'Département de naissance incorrect',
    'Le code du département de naissance n’est pas un code officiel géographique.',
  ),
  code(
    429,
    '00429',
    'Trop d’appels',
    'Ce jeton a dépassé son nombre d’appels ; attendez le temps que dit Retry-After.',
  ),
  code(
    500,
    '00500',
    'Erreur interne',
    'La plateforme a rencontré une erreur ; donnez l’identifiant de requête à l’assistance.',
  ),
  code(502, '00501', 'Réseau indisponible', 'Le fournisseur n’a pu être joint ; réessayez.'),
  code(502, '00502', 'Fournisseur indisponible', 'Le fournisseur n’a pas répondu comme il doit ; réessayez plus tard.'),
  code(501, '00503', 'Pas encore disponible', 'La plateforme ne sait pas encore répondre à cet appel.'),
  code(
    401,
    '51502',
    'Jeton FranceConnect refusé',
    'Cette adresse demande un jeton FranceConnect, au nom d’une personne.',
  ),
]

/** What follows a provider's two digits, in words that name the provider; an empty name leaves it out. */
export const providerCodes = (provider: string): readonly ErrorCode[] => {
  const name = provider === '' ? '' : ` (${provider})`
  return [
    code(502, '000', 'Erreur interne du fournisseur', `Le service de données${name} a rendu une erreur.`),
    code(502, '001', 'Fournisseur indisponible', `Le service de données${name} ne répond pas.`),
    code(504, '002', 'Délai dépassé', `Le service de données${name} n’a pas répondu à temps.`),
    code(404, '003', 'Personne ou dossier introuvable', `Aucun dossier ne correspond à ces paramètres${name}.`),
    code(502, '004', 'Fournisseur introuvable', `Le nom du service de données${name} ne se résout pas.`),
    code(502, '006', 'Accès au fournisseur refusé', `Le service de données${name} refuse la plateforme.`),
    code(
      502,
      '008',
      'Limite du fournisseur atteinte',
      `Le service de données${name} n’admet plus d’appels pour un temps.`,
    ),
    code(
      502,
      '009',
      'Connexion sûre impossible',
      `La connexion chiffrée au service de données${name} ne s’établit pas.`,
    ),
    code(
      502,
      '011',
      'Erreur passagère du fournisseur',
      `Le service de données${name} est indisponible pour un instant ; réessayez.`,
    ),
    code(409, '015', 'Conflit', `Le service de données${name} signale un conflit ; réessayez plus tard.`),
    code(
      503,
      '020',
      'Maintenance du fournisseur',
      `Le service de données${name} est en maintenance ; réessayez plus tard.`,
    ),
    code(422, '560', 'Identité inconnue', `Personne n’est connu sous cette identité${name}.`),
    code(
      422,
      '561',
      'État civil refusé',
      `Le service de données${name} refuse cet état civil ; vérifiez chaque paramètre.`,
    ),
    code(422, '562', 'Identifiant refusé', `Le service de données${name} refuse cet identifiant.`),
    code(
      422,
      '563',
      'Identité ambiguë',
      `Plusieurs personnes répondent à cette identité${name} ; précisez la date ou le lieu de naissance.`,
    ),
    code(422, '565', 'Période refusée', `Aucune donnée n’est disponible pour cette période${name}.`),
    code(
      502,
      '999',
      'Réponse inconnue du fournisseur',
      `La réponse du service de données${name} n’a pas été comprise.`,
    ),
  ]
}
