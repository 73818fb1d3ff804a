import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { ApiCard } from './api-card.js'
import { type ApiVersions, arrangeApis } from './arrange-apis.js'

interface ApiGroupsProps {
  readonly language: Language
  readonly apis: readonly ApiVersion[]
  /** Codes, what people look for most first. */
  readonly order: readonly string[]
}

const words = {
  fr: { retiring: 'Bientôt retirées', plumbing: 'Services de la plateforme' },
  en: { retiring: 'Retiring soon', plumbing: 'Services of the platform' },
} as const

/** APIs as cards, one an API: what people look for first, the rest folded. */
export const ApiGroups = ({ language, apis, order }: ApiGroupsProps) => {
  const { first, plumbing, retiring } = arrangeApis(apis, { language, order })
  const grid = (some: readonly ApiVersions[]) =>
    some.length === 0 ? null : (
      <ul class="grid">
        {some.map((versions) => (
          <ApiCard language={language} versions={versions} />
        ))}
      </ul>
    )
  const folded = (summary: string, some: readonly ApiVersions[]) =>
    some.length === 0 ? null : (
      <details>
        <summary>
          {summary} <span class="count">{some.length}</span>
        </summary>
        {grid(some)}
      </details>
    )
  return (
    <>
      {grid(first)}
      {folded(words[language].retiring, retiring)}
      {folded(words[language].plumbing, plumbing)}
    </>
  )
}
