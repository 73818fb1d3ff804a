import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { Name, tame } from '#theme'

interface ApiCardProps {
  readonly language: Language
  readonly api: ApiVersion
}

const words = {
  fr: {
    version: 'version',
    consent: 'Accord de la personne',
    personal: 'Données personnelles',
    reviewed: 'Accès sur demande',
    deprecated: 'Bientôt retirée',
  },
  en: {
    version: 'version',
    consent: 'Person’s agreement',
    personal: 'Personal data',
    reviewed: 'Access on request',
    deprecated: 'Retiring soon',
  },
} as const

/** One API in a list: what it is for, its code and version, and what its access asks. */
export const ApiCard = ({ language, api }: ApiCardProps) => (
  <li class="card">
    <h3>
      <a href={`/${language}/apis/${api.platform}/${encodeURIComponent(api.code)}/${encodeURIComponent(api.version)}`}>
        <Name of={api.title[language]} strong={false} />
      </a>
    </h3>
    <p>
      <bdi>{tame(api.description[language], 500)}</bdi>
    </p>
    <p class="meta">
      <code>{api.code}</code>
      <span>
        {words[language].version} {api.version}
      </span>
      {api.lifecycle.state === 'deprecated' ? <span class="tag heed">{words[language].deprecated}</span> : null}
      {access(api).map((rule) => (
        <span class="tag">{words[language][rule]}</span>
      ))}
    </p>
  </li>
)

function access({ access }: ApiVersion) {
  const rules: ('consent' | 'personal' | 'reviewed')[] = []
  if (access.consent) rules.push('consent')
  else if (access.personalData) rules.push('personal')
  if (access.approval === 'reviewed') rules.push('reviewed')
  return rules
}
