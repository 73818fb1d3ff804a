import type { Language } from '#base'
import type {
  ConsentPageProps,
  ConsentsPageProps,
  ErrorPageProps,
  PersonaPageProps,
  SignInPageProps,
  SignOutPageProps,
} from '../../src/authorization/pages/index.js'

const text = { fr: 'Demandeurs d’emploi et candidats', en: 'Job seekers and candidates' } as const
const csrf = { name: 'csrf', value: 'k3Zp0Qm8' }
const application = { name: 'Mon parcours emploi', organisation: 'Département de la Loire-Exemple' }

export function signInProps(language: Language): SignInPageProps {
  return {
    ...context(language, 'sign-in'),
    realmTitle: text[language],
    application,
    csrf,
    localAccount: { action: '/post' },
    upstreams: [{ name: 'IdentitéConnect', href: '/upstream' }],
    cancelAction: '/cancel',
  }
}

export function personaProps(language: Language): PersonaPageProps {
  const french = language === 'fr'
  return {
    ...context(language, 'personas'),
    realmTitle: text[language],
    application: { name: 'Application de démonstration' },
    csrf,
    action: '/post',
    groups: [
      {
        title: french ? 'Inscrits' : 'Registered',
        personas: [
          {
            id: 'angela',
            name: 'Angela Martin',
            situation: french ? 'Demandeuse d’emploi, catégorie 1, indemnisée' : 'Job seeker, category 1, on benefits',
          },
          {
            id: 'karim',
            name: 'Karim Exemple',
            situation: french ? 'En formation, catégorie 4' : 'In training, category 4',
          },
        ],
      },
      {
        title: french ? 'Autres' : 'Others',
        personas: [{ id: 'lea', name: 'Léa Durand', situation: french ? 'Non inscrite' : 'Not registered' }],
      },
    ],
    otherWaysHref: '/sign-in',
    cancelAction: '/cancel',
  }
}

export function consentProps(language: Language): ConsentPageProps {
  const french = language === 'fr'
  return {
    ...context(language, 'consent'),
    realmTitle: text[language],
    application,
    person: 'Angela Martin',
    groups: [
      {
        title: french ? 'Votre identité' : 'Your identity',
        scopes: [
          { name: 'profile', text: french ? 'Vos nom et prénom' : 'Your names' },
          { name: 'email', text: french ? 'Votre adresse électronique' : 'Your e-mail address', optional: true },
        ],
      },
      {
        title: french ? 'Votre recherche d’emploi' : 'Your search for work',
        scopes: [
          {
            name: 'statut',
            text: french ? 'Si vous êtes inscrit comme demandeur d’emploi' : 'Whether you are registered',
          },
          { name: 'experiences', text: french ? 'Vos expériences professionnelles' : 'Your past jobs' },
        ],
      },
    ],
    purpose: french ? 'Préparer votre accompagnement sans vous redemander ces pièces.' : 'To prepare your support.',
    durationSeconds: 180 * 86_400,
    contact: { name: 'Délégué à la protection des données', email: 'dpo@exemple.fr' },
    privacyHref: 'https://parcours.exemple.fr/donnees',
    consentsHref: '/compte/consentements',
    csrf,
    action: '/post',
  }
}

export function consentsProps(language: Language): ConsentsPageProps {
  const french = language === 'fr'
  const since = Date.UTC(2026, 2, 4, 9, 12)
  return {
    ...context(language, 'consents'),
    realmTitle: text[language],
    person: 'Angela Martin',
    consents: [
      {
        id: 'c1',
        application,
        scopes: french ? ['Vos nom et prénom', 'Vos expériences professionnelles'] : ['Your names', 'Your past jobs'],
        since,
        lastUse: since + 86_400_000,
        endsAt: since + 180 * 86_400_000,
      },
      {
        id: 'c2',
        application: { name: 'Un toit pour tous' },
        scopes: [french ? 'Votre statut' : 'Your status'],
        since,
        lastUse: null,
        endsAt: null,
      },
    ],
    csrf,
    withdrawAction: '/post',
    signOutAction: '/sign-out',
    withdrawn: 'Ma formation',
  }
}

export function errorProps(language: Language): ErrorPageProps {
  return {
    ...context(language, 'error'),
    kind: 'unregistered_redirect',
    requestId: 'req_01JD8Z7M4Q',
    technical: 'invalid_redirect_uri: redirect_uri is not registered',
  }
}

export function signOutProps(language: Language): SignOutPageProps {
  return { ...context(language, 'sign-out'), realmTitle: text[language], application, csrf, action: '/post' }
}

export function context(language: Language, page: string) {
  return { language, otherLanguageHref: `/${language === 'fr' ? 'en' : 'fr'}/${page}` } as const
}
