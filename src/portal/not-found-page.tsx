import type { Language } from '#base'
import { Shell } from '#theme'

const words = {
  fr: { title: 'Page introuvable', text: 'Cette adresse ne mène nulle part.', back: "Revenir à l'accueil" },
  en: { title: 'Page not found', text: 'This address leads nowhere.', back: 'Back to the front page' },
} as const

export const NotFoundPage = ({ language }: { readonly language: Language }) => (
  <Shell language={language} title={words[language].title} otherLanguageHref={language === 'fr' ? '/en' : '/fr'}>
    <h1>{words[language].title}</h1>
    <p class="lead">{words[language].text}</p>
    <p>
      <a href={`/${language}`}>{words[language].back}</a>
    </p>
  </Shell>
)
