import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { Name, tame } from '#theme'
import type { ApiVersions } from './arrange-apis.js'

interface ApiCardProps {
  readonly language: Language
  readonly versions: ApiVersions
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

/** One API in a list: what it is for, its code and versions, and what its access asks. */
export const ApiCard = ({ language, versions: [api, ...older] }: ApiCardProps) => (
  <li class="card">
    <h3>
      <a href={hrefOf(api, language)}>
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
      {older.map((each) => (
        <a href={hrefOf(each, language)}>
          {words[language].version} {each.version}
        </a>
      ))}
      {api.lifecycle.state === 'deprecated' ? <span class="tag heed">{words[language].deprecated}</span> : null}
      {access(api).map((rule) => (
        <span class="tag">{words[language][rule]}</span>
      ))}
    </p>
  </li>
)

const hrefOf = ({ platform, code, version }: ApiVersion, language: Language) =>
  `/${language}/apis/${platform}/${encodeURIComponent(code)}/${encodeURIComponent(version)}`

function access({ access }: ApiVersion) {
  const rules: ('consent' | 'personal' | 'reviewed')[] = []
  if (access.consent) rules.push('consent')
  else if (access.personalData) rules.push('personal')
  if (access.approval === 'reviewed') rules.push('reviewed')
  return rules
}
