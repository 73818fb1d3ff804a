import type { Language } from '#base'
import type { ApiVersion, Documentation, Platform, Subject } from '#contract'
import { DataTable, Shell, Trail, tame } from '#theme'
import { Notes } from './notes.js'
import { words } from './words.js'

export interface PlatformPageProps {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
  readonly documentation: Documentation
}

/** A platform: what it is for, its table of APIs, what there is to know of the whole. */
export const PlatformPage = ({ language, platform, apis, documentation }: PlatformPageProps) => {
  const said = words[language]
  const { lead, subjects, notes } = documentation
  const named = new Set(subjects.flatMap(({ apis }) => apis))
  const others = apis.filter(({ code, version }) => !named.has(`${code}/${version}`))
  const sorted = others.toSorted((a, b) => a.title[language].localeCompare(b.title[language], language))
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
        <h2>{said.apis}</h2>
        {subjects.length === 0 ? null : (
          <DataTable
            caption={said.apis}
            head={Object.values(said.columns)}
            rows={subjects.map((subject) => subjectRow(subject, { language, platform, apis }))}
          />
        )}
        {sorted.length === 0 ? null : (
          <DataTable
            caption={said.apis}
            head={[said.columns.subject, said.columns.data]}
            rows={sorted.map((api) => [
              <a href={hrefOf(api, language)}>
                {tame(api.title[language])} <span class="sub">{`${api.code}, ${said.version} ${api.version}`}</span>
              </a>,
              tame(api.description[language], 500),
            ])}
          />
        )}
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
  const found = names.flatMap((name) => apis.filter(({ code, version }) => `${code}/${version}` === name))
  return [
    title[language],
    provider[language],
    <>
      {data[language]}
      <ul class="links">
        {found.map((api) => (
          <li>
            <a href={hrefOf(api, language)}>
              {words[language].documentation} v{api.version} <span class="sub">{api.code}</span>
            </a>
          </li>
        ))}
      </ul>
    </>,
    availability[language],
  ]
}

const hrefOf = ({ platform, code, version }: ApiVersion, language: Language) =>
  `/${language}/apis/${platform}/${encodeURIComponent(code)}/${encodeURIComponent(version)}`
