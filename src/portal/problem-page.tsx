import type { Language } from '#base'
import { type RefusalCode, refusals } from '#contract'
import { Shell, tame } from '#theme'

const words = {
  fr: { code: 'Code', status: 'Statut HTTP', mend: 'Que faire' },
  en: { code: 'Code', status: 'HTTP status', mend: 'What to do' },
} as const

/** What the `type` of a refusal resolves to (RFC 9457 section 3.1.1): what happened, and what to do. */
export const ProblemPage = ({ language, code }: { readonly language: Language; readonly code: RefusalCode }) => {
  const { status, title, mend } = refusals[code]
  return (
    <Shell
      language={language}
      title={title[language]}
      otherLanguageHref={`/problems/${code}?language=${language === 'fr' ? 'en' : 'fr'}`}
    >
      <h1>{title[language]}</h1>
      <dl class="card facts">
        <dt>{words[language].mend}</dt>
        <dd>{tame(mend[language], 500)}</dd>
        <dt>{words[language].code}</dt>
        <dd>
          <code>{code}</code>
        </dd>
        <dt>{words[language].status}</dt>
        <dd>{status}</dd>
      </dl>
    </Shell>
  )
}

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusals, code)
