import type { Language } from '#base'
import { Shell } from '#theme'

const words = {
  fr: {
    notFound: {
      title: 'Page introuvable',
      text: 'Cette adresse ne mène nulle part\u00a0: elle a changé, ou une lettre manque.',
    },
    tooLong: {
      title: 'Adresse trop longue',
      text: 'Ce qui suit le point d’interrogation dans cette adresse est plus long que ce qu’une page demande\u00a0: 4\u202f096 caractères au plus.',
    },
    back: 'Revenir à l’accueil',
  },
  en: {
    notFound: {
      title: 'Page not found',
      text: 'This address leads nowhere: it has changed, or a letter is missing.',
    },
    tooLong: {
      title: 'Address too long',
      text: 'What follows the question mark in this address is longer than what any page asks for: 4,096 characters at most.',
    },
    back: 'Back to the front page',
  },
} as const

interface LostPageProps {
  readonly language: Language
  readonly why: 'notFound' | 'tooLong'
}

/** For an address that leads to no page of ours: all it has is the way back. */
export const LostPage = ({ language, why }: LostPageProps) => {
  const { back, [why]: said } = words[language]
  return (
    <Shell language={language} title={said.title} otherLanguageHref={language === 'fr' ? '/en' : '/fr'}>
      <h1>{said.title}</h1>
      <p class="lead">{said.text}</p>
      <p>
        <a class="button" href={`/${language}`}>
          {back}
        </a>
      </p>
    </Shell>
  )
}
