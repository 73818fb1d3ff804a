import { raw } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Language } from '#base'
import type { ApiVersion, Note, Platform, SandboxCase } from '#contract'
import { Code, DataTable, Notice, Shell, Trail, tame } from '#theme'
import { AnswerFields } from './answer-fields.js'
import { answerSamples } from './answer-sample.js'
import { CallModes } from './call-modes.js'
import { errorRows } from './error-rows.js'
import { exampleCurl } from './example-curl.js'
import type { TokenGround } from './example-token.js'
import { Notes } from './notes.js'
import { saidCell } from './said-text.js'
import { ShapedAnswer } from './shaped-answer.js'
import { TestCases } from './test-cases.js'
import { TryIt } from './try-it.js'
import { words } from './words.js'

export interface ApiPageProps {
  readonly language: Language
  readonly platform: Platform
  readonly api: ApiVersion
  readonly notes: readonly Note[]
  readonly cases: readonly SandboxCase[]
  readonly ground: TokenGround
  /** Scopes of the token that the answer is shown for. */
  readonly chosen: ReadonlySet<string>
  /** Whether there are guides to read. */
  readonly guides: boolean
  /** Whether visitors are given tokens that open it. */
  readonly visitors: boolean
}

/** One version of an API, to be read by those who will call it. */
export const ApiPage = ({ language, platform, api, notes, cases, ground, chosen, ...shown }: ApiPageProps) => {
  const said = words[language]
  const path = `${platform.id}/${api.code}/${api.version}`
  const scopes = [...api.scopes.production, ...(api.dataScopes ?? [])]
  const errors = errorRows(api.operations, language)
  const curl = exampleCurl(api, ground)
  const samples = answerSamples(api, platform, chosen)
  const sections: readonly Section[] = [
    { id: 'calls', title: said.calls, body: <CallModes language={language} platform={platform} api={api} /> },
    {
      id: 'data',
      title: said.data,
      body: (
        <>
          {(api.dataScopes ?? []).length === 0 ? null : <p>{said.dataLead}</p>}
          <AnswerFields language={language} api={api} />
        </>
      ),
    },
    ...(samples.length === 0
      ? []
      : [{ id: 'answer', title: said.shaped, body: <ShapedAnswer {...{ language, api, chosen, samples }} /> }]),
    ...(notes.length === 0
      ? []
      : [{ id: 'notes', title: said.notes, body: <Notes language={language} notes={notes} /> }]),
    ...(scopes.length === 0
      ? []
      : [{ id: 'scopes', title: said.scopes, body: <ScopeTable language={language} api={api} scopes={scopes} /> }]),
    {
      id: 'errors',
      title: said.errors,
      body:
        errors.length === 0 ? (
          <p>{said.noError}</p>
        ) : (
          <DataTable
            caption={said.errors}
            head={Object.values(said.error)}
            rows={errors.map(({ status, code, said: text }) => [
              status,
              code === '' ? null : <Code text={code} />,
              saidCell(text),
            ])}
          />
        ),
    },
    { id: 'quotas', title: said.quotas, body: <Quotas language={language} api={api} /> },
    ...(curl === null
      ? []
      : [{ id: 'try', title: said.try, body: <TryIt {...{ language, api, ground, ...shown }} commands={curl} /> }]),
    { id: 'cases', title: said.cases, body: <TestCases language={language} api={api} cases={cases} /> },
    {
      id: 'contract',
      title: said.contract,
      body: (
        <p>
          <a href={`/openapi/${path}`}>{said.contractLink}</a>
        </p>
      ),
    },
  ]
  const written = sections.map((section) => ({ ...section, body: String(section.body) }))
  const frenchOnly = written.some(({ body }) => body.includes('lang="fr"'))
  const steps = [
    { name: said.home, href: `/${language}` },
    { name: platform.title[language], href: `/${language}/apis/${platform.id}` },
  ]
  return (
    <Shell
      language={language}
      title={api.title[language]}
      otherLanguageHref={`/${language === 'fr' ? 'en' : 'fr'}/apis/${path}${choiceQuery(api, chosen)}`}
    >
      <div class="doc">
        <Trail label={said.apis} steps={steps} />
        <h1>
          <bdi>{tame(api.title[language])}</bdi>
        </h1>
        <p class="meta">
          <code>{api.code}</code>
          <span>
            {said.version} {api.version}
          </span>
          {platform.realms.length < 2 ? null : (
            <span>
              {said.realm} <code>/{api.realm}</code>
            </span>
          )}
        </p>
        <p class="lead">{tame(api.description[language], 2_000)}</p>
        {api.lifecycle.state === 'deprecated' ? <Notice kind="warning" title={said.deprecated} /> : null}
        {api.access.personalData ? <p class="faint">{said.personal}</p> : null}
        {frenchOnly ? <p class="faint">{said.frenchOnly}</p> : null}
        <nav aria-label={said.contents}>
          <ul class="contents">
            {sections.map(({ id, title }) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        {written.map(({ id, title, body }) => (
          <section id={id} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`}>{title}</h2>
            {raw(body)}
          </section>
        ))}
      </div>
    </Shell>
  )
}

/** Keeps the choice of scopes in the other language. */
function choiceQuery({ dataScopes = [] }: ApiVersion, chosen: ReadonlySet<string>): string {
  if (dataScopes.every((scope) => chosen.has(scope))) return ''
  const kept = dataScopes.filter((scope) => chosen.has(scope)).map((scope) => ['scope', scope])
  return `?${new URLSearchParams([['chosen', 'yes'], ...kept])}`
}

interface Section {
  readonly id: string
  readonly title: string
  readonly body: JSX.Element
}

interface ScopeTableProps {
  readonly language: Language
  readonly api: ApiVersion
  readonly scopes: readonly string[]
}

const ScopeTable = ({ language, api, scopes }: ScopeTableProps) => (
  <DataTable
    caption={words[language].scopesLead}
    head={Object.values(words[language].scope)}
    rows={scopes.map((scope) => [<Code text={scope} />, tame(api.describedScopes[scope]?.[language] ?? '', 500)])}
  />
)

const Quotas = ({ language, api }: { readonly language: Language; readonly api: ApiVersion }) => {
  const said = words[language]
  if (api.quotas.length === 0) return <p>{said.noQuota}</p>
  return (
    <ul class="points">
      {api.quotas.map(({ key, limit, periodSeconds }) => (
        <li>
          {said.callsOf(limit)} {periodSeconds === 1 ? said.bySecond : said.by(periodSeconds)} {said.keys[key]}
        </li>
      ))}
    </ul>
  )
}
