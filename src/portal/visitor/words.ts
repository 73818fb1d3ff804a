import type { Language } from '#base'
import { durationInWords } from '#theme'

/** What is said around the tokens that visitors are given, in both languages. */
export const words = {
  fr: {
    home: 'Accueil',
    trail: 'Fil d’Ariane',
    title: 'Un jeton de bac à sable, tout de suite',
    lead: (days: number) =>
      `Pour essayer avec des données inventées, sans compte ni habilitation\u00a0: un jeton qui porte tous leurs scopes, valable ${days}\u00a0jours.`,
    get: 'Obtenir un jeton de bac à sable',
    given: 'Votre jeton de bac à sable',
    once: 'Gardez-le maintenant\u00a0: cette page ne le montrera plus.',
    onceMore: 'Perdu\u00a0? Demandez-en un autre, l’ancien s’éteindra à son échéance.',
    try: 'Essayer dans un terminal',
    tryLead: 'Ces deux commandes fonctionnent telles quelles\u00a0; elles appellent',
    commands: 'Commandes à copier',
    alone: 'Le jeton seul',
    aloneLead: 'Un clic le sélectionne en entier. À envoyer dans chaque appel, après\u00a0:',
    opens: 'Ce qu’il permet',
    until: 'Valable',
    untilDay: (day: string, days: number) => `${days}\u00a0jours, jusqu’au ${day}`,
    where: 'Environnement',
    sandboxOnly: 'Le bac à sable seulement\u00a0: en production, il est refusé.',
    identifier: 'Identifiant',
    identifierUse: 'pour le faire bloquer par l’exploitant\u00a0; il n’ouvre rien',
    scopes: 'Scopes',
    allScopes: (count: number) => `Les ${count} des données inventées`,
    rights: 'Droits',
    back: 'Revenir à la plateforme',
    refused: {
      closed: {
        title: 'Les jetons sont remis par l’exploitant',
        text: 'Ici, les jetons de bac à sable ne se donnent pas en ligne\u00a0: demandez le vôtre à l’exploitant de la plateforme.',
      },
      'none-here': {
        title: 'Pas de jeton de ce genre ici',
        text: 'Cette plateforme ne donne pas de jetons de longue durée. La page de chaque API dit comment obtenir le sien.',
      },
      foreign: {
        title: 'Demande venue d’un autre site',
        text: 'Un jeton ne s’obtient que depuis les pages de ce portail. Revenez à la plateforme et pressez le bouton.',
      },
      'too-large': {
        title: 'Demande trop volumineuse',
        text: 'Ce formulaire n’envoie que le nom d’une API, en moins de 1\u00a0ko. Revenez à la plateforme et pressez le bouton.',
      },
      method: {
        title: 'Méthode refusée',
        text: 'Cette adresse reçoit le formulaire de la plateforme, par POST, et rien d’autre.',
      },
      'unknown-api': {
        title: 'API inconnue',
        text: 'Le formulaire nomme une API que cette plateforme ne publie pas, ou qu’aucun de ces jetons n’ouvre. Choisissez-en une sur la page de la plateforme.',
      },
    },
    wait: {
      title: 'Assez de jetons pour aujourd’hui',
      address: (limit: number, seconds: number) =>
        `Votre adresse a reçu ${limit}\u00a0jetons en 24\u00a0heures, le maximum. Réutilisez l’un d’eux, ou revenez dans ${durationInWords(seconds, 'fr')}.`,
      network: (limit: number, seconds: number) =>
        `Le réseau de votre adresse a reçu ${limit}\u00a0jetons en 24\u00a0heures, le maximum. Revenez dans ${durationInWords(seconds, 'fr')}, ou demandez un jeton à l’exploitant.`,
      platform: (limit: number, seconds: number) =>
        `Cette plateforme a donné ${limit}\u00a0jetons en 24\u00a0heures, le maximum. Revenez dans ${durationInWords(seconds, 'fr')}, ou demandez un jeton à l’exploitant.`,
    },
  },
  en: {
    home: 'Home',
    trail: 'Breadcrumb',
    title: 'A sandbox token, at once',
    lead: (days: number) =>
      `To try with invented data, without an account or a habilitation: a token with all their scopes, valid for ${days} days.`,
    get: 'Get a sandbox token',
    given: 'Your sandbox token',
    once: 'Keep it now: this page will not show it again.',
    onceMore: 'Lost? Ask for another; the old one ends when its time is over.',
    try: 'Try it in a terminal',
    tryLead: 'These two commands work as they stand; they call',
    commands: 'Commands to copy',
    alone: 'The token alone',
    aloneLead: 'One click selects all of it. To be sent with each call, after:',
    opens: 'What it allows',
    until: 'Valid',
    untilDay: (day: string, days: number) => `${days} days, until ${day}`,
    where: 'Environment',
    sandboxOnly: 'The sandbox alone: production refuses it.',
    identifier: 'Identifier',
    identifierUse: 'to have it blocked by the operator; it opens nothing',
    scopes: 'Scopes',
    allScopes: (count: number) => `All ${count} of the invented data`,
    rights: 'Rights',
    back: 'Back to the platform',
    refused: {
      closed: {
        title: 'The operator hands tokens out',
        text: 'Here sandbox tokens are not given online: ask the operator of the platform for yours.',
      },
      'none-here': {
        title: 'No such tokens here',
        text: 'This platform gives no long-lived tokens. The page of each API says how to get one.',
      },
      foreign: {
        title: 'The request comes from another site',
        text: 'A token is given from the pages of this portal alone. Go back to the platform and press the button.',
      },
      'too-large': {
        title: 'The request is too large',
        text: 'This form sends no more than the name of an API, in less than 1 kB. Go back to the platform and press the button.',
      },
      method: {
        title: 'Method not allowed',
        text: 'This address takes the form of the platform, by POST, and nothing else.',
      },
      'unknown-api': {
        title: 'Unknown API',
        text: 'The form names an API that this platform does not publish, or that none of these tokens opens. Choose one on the page of the platform.',
      },
    },
    wait: {
      title: 'Enough tokens for today',
      address: (limit: number, seconds: number) =>
        `Your address was given ${limit} tokens in 24 hours, which is the most. Use one of them again, or come back in ${durationInWords(seconds, 'en')}.`,
      network: (limit: number, seconds: number) =>
        `The network of your address was given ${limit} tokens in 24 hours, which is the most. Come back in ${durationInWords(seconds, 'en')}, or ask the operator for a token.`,
      platform: (limit: number, seconds: number) =>
        `This platform has given ${limit} tokens in 24 hours, which is the most. Come back in ${durationInWords(seconds, 'en')}, or ask the operator for a token.`,
    },
  },
} as const

export type VisitorRefusal = keyof (typeof words)['fr']['refused']

const days = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Paris' }),
} as const

/** A moment (milliseconds since the epoch) as the day that it is in Paris. */
export const dayOf = (moment: number, language: Language): string => days[language].format(moment)
