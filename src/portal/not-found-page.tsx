import type { Language } from '#base'
import { Shell } from '#theme'

const words = {
  fr: {
    title: 'Page introuvable',
    text: 'Cette adresse ne mène nulle part\u00a0: elle a changé, ou une lettre manque.',
    back: 'Revenir à l’accueil',
  },
  en: {
    title: 'Page not found',
    text: 'This address leads nowhere: it has changed, or a letter is missing.',
    back: 'Back to the front page',
  },
} as const

export const NotFoundPage = ({ language }: { readonly language: Language }) => (
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
