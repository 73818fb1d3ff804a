import type { ShownToken } from '#access'
import type { Language } from '#base'
import type { ApiVersion, Platform } from '#contract'
import { Code, CodeBlock, Notice, Shell, Trail, tame } from '#theme'
import { dayOf, words } from './words.js'

export interface GivenTokenPageProps {
  readonly language: Language
  readonly platform: Platform
  readonly token: ShownToken
  /** What the commands call; null: the platform has nothing to call. */
  readonly example: { readonly api: ApiVersion; readonly commands: string } | null
}

/** The one page that shows a visitor's token. */
export const GivenTokenPage = ({ language, platform, token, example }: GivenTokenPageProps) => {
  const said = words[language]
  const home = `/${language}/apis/${encodeURIComponent(platform.id)}`
  const days = Math.round((token.expiresAt - token.createdAt) / 86_400_000)
  const steps = [
    { name: said.home, href: `/${language}` },
    { name: platform.title[language], href: home },
  ]
  return (
    <Shell
      language={language}
      title={said.given}
      otherLanguageHref={`/${language === 'fr' ? 'en' : 'fr'}/apis/${encodeURIComponent(platform.id)}`}
    >
      <div class="doc">
        <Trail label={said.trail} steps={steps} />
        <h1>{said.given}</h1>
        <Notice kind="success" title={said.once}>
          <p>{said.onceMore}</p>
        </Notice>
        {example === null ? null : (
          <>
            <h2>{said.try}</h2>
            <p>
              {said.tryLead}{' '}
              <a href={`${home}/${encodeURIComponent(example.api.code)}/${encodeURIComponent(example.api.version)}`}>
                {tame(example.api.title[language])} v{example.api.version}
              </a>
              .
            </p>
            <CodeBlock label={said.commands} text={example.commands} />
          </>
        )}
        <h2>{said.alone}</h2>
        <p>
          {said.aloneLead} <Code text="Authorization: Bearer" />
        </p>
        <CodeBlock label={said.alone} text={token.token} whole />
        <h2>{said.opens}</h2>
        <dl class="card facts">
          <dt>{said.until}</dt>
          <dd>{said.untilDay(dayOf(token.expiresAt, language), days)}</dd>
          <dt>{said.where}</dt>
          <dd>{said.sandboxOnly}</dd>
          <dt>{said.scopes}</dt>
          <dd>
            <details>
              <summary>{said.allScopes(token.scopes.length)}</summary>
              <Names of={token.scopes} />
            </details>
          </dd>
          {token.rights.length === 0 ? null : (
            <>
              <dt>{said.rights}</dt>
              <dd>
                <Names of={token.rights} />
              </dd>
            </>
          )}
          <dt>{said.identifier}</dt>
          <dd>
            <Code text={token.id} /> <span class="sub">{said.identifierUse}</span>
          </dd>
        </dl>
        <p>
          <a href={home}>{said.back}</a>
        </p>
      </div>
    </Shell>
  )
}

const Names = ({ of: names }: { readonly of: readonly string[] }) => (
  <ul class="pairs">
    {names.map((name) => (
      <li>
        <Code text={name} />
      </li>
    ))}
  </ul>
)
