import type { Language } from '#base'
import type { ApiVersion, Documentation, Platform, Subject } from '#contract'
import { DataTable, Shell, Trail, tame } from '#theme'
import { ApiGroups } from '../api-groups.js'
import { documentedOrder } from '../arrange-apis.js'
import { TokenOffer } from '../visitor/token-offer.js'
import { Notes } from './notes.js'
import { words } from './words.js'

export interface PlatformPageProps {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
  readonly documentation: Documentation
  /** Whether there are guides to read. */
  readonly guides: boolean
  /** Whether there is a sandbox that visitors are given tokens of. */
  readonly visitors: boolean
}

/** A platform: what it is for, its table of APIs, what there is to know of the whole. */
export const PlatformPage = ({ language, platform, apis, documentation, guides, visitors }: PlatformPageProps) => {
  const said = words[language]
  const { lead, subjects, notes } = documentation
  const named = new Set(subjects.flatMap(({ apis }) => apis))
  const others = apis.filter(({ code, version }) => !named.has(`${code}/${version}`))
  return (
    <Shell
      language={language}
      title={platform.title[language]}
      otherLanguageHref={`/${language === 'fr' ? 'en' : 'fr'}/apis/${platform.id}`}
    >
      <div class="doc">
        <Trail label={said.apis} steps={[{ name: said.home, href: `/${language}` }]} />
        <h1>
          <bdi>{tame(platform.title[language])}</bdi>
        </h1>
        {lead === undefined ? null : <p class="lead">{tame(lead[language], 2_000)}</p>}
        {guides ? (
          <p>
            <a href={`/${language}/guides`}>{said.guides}</a>
          </p>
        ) : null}
        {visitors ? <TokenOffer language={language} platform={platform} /> : null}
        <h2>{said.apis}</h2>
        {subjects.length === 0 ? null : (
          <DataTable
            caption={said.apis}
            head={Object.values(said.columns)}
            rows={subjects.map((subject) => subjectRow(subject, { language, platform, apis }))}
          />
        )}
        <ApiGroups language={language} apis={others} order={documentedOrder(documentation)} />
        {notes.length === 0 ? null : <h2>{said.toKnow}</h2>}
        <Notes language={language} notes={notes} />
      </div>
    </Shell>
  )
}

interface Around {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
}

function subjectRow({ title, provider, data, availability, apis: names }: Subject, { language, apis }: Around) {
  const said = words[language]
  const found = names.flatMap((name) => apis.filter(({ code, version }) => `${code}/${version}` === name))
  const retiring = found.filter(isRetiring)
  const links = (some: readonly ApiVersion[]) => (
    <ul class="links">
      {some.map((api) => (
        <li>
          <a href={hrefOf(api, language)}>
            {said.documentation} v{api.version} <span class="sub">{api.code}</span>
          </a>
        </li>
      ))}
    </ul>
  )
  return [
    tame(title[language]),
    tame(provider[language]),
    <>
      {tame(data[language], 500)}
      {links(found.filter((api) => !isRetiring(api)))}
      {retiring.length === 0 ? null : (
        <details>
          <summary>{said.retiring(retiring.length)}</summary>
          {links(retiring)}
        </details>
      )}
    </>,
    tame(availability[language]),
  ]
}

const isRetiring = ({ lifecycle }: ApiVersion) => lifecycle.state === 'deprecated'

const hrefOf = ({ platform, code, version }: ApiVersion, language: Language) =>
  `/${language}/apis/${platform}/${encodeURIComponent(code)}/${encodeURIComponent(version)}`
