import type { Language } from '#base'
import { Shell } from '#theme'

const words = {
  fr: {
    title: 'Adresse trop longue',
    text: 'Ce qui suit le point d’interrogation dans cette adresse est plus long que ce qu’une page demande\u00a0: 4\u202f096 caractères au plus.',
    back: 'Revenir à l’accueil',
  },
  en: {
    title: 'Address too long',
    text: 'What follows the question mark in this address is longer than what any page asks for: 4,096 characters at most.',
    back: 'Back to the front page',
  },
} as const

export const TooLongPage = ({ language }: { readonly language: Language }) => (
  <Shell language={language} title={words[language].title} otherLanguageHref={language === 'fr' ? '/en' : '/fr'}>
    <h1>{words[language].title}</h1>
    <p class="lead">{words[language].text}</p>
    <p>
      <a class="button" href={`/${language}`}>
        {words[language].back}
      </a>
    </p>
  </Shell>
)
