import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { CodeBlock } from '#theme'
import { TokenForm } from '../visitor/token-form.js'
import type { ExampleCommands } from './example-curl.js'
import type { TokenGround, TokenSteps } from './example-token.js'
import { words } from './words.js'

interface TryItProps {
  readonly language: Language
  readonly api: ApiVersion
  readonly commands: ExampleCommands
  readonly ground: TokenGround
  /** Whether there are guides to read. */
  readonly guides: boolean
  /** Whether visitors are given tokens that open it. */
  readonly visitors: boolean
}

/** How to call the sandbox from a terminal: first the token, then the call. */
export const TryIt = ({ language, api, commands, ground, guides, visitors }: TryItProps) => {
  const said = words[language]
  const { token, open, call } = commands
  const { platform } = ground
  const given = !open && ground.access === null && visitors && platform.tokens != null
  return (
    <>
      {given || token !== null ? <h3>{said.tokenStep}</h3> : null}
      {given ? (
        <>
          <p>{said.tokenVisitor}</p>
          <TokenForm language={language} platform={platform.id} api={`${api.code}/${api.version}`} />
        </>
      ) : token === null ? (
        open ? null : (
          <p>{said.tryToken}</p>
        )
      ) : (
        <TokenCommands language={language} token={token} own={ground.access === null} />
      )}
      {given || token !== null ? <h3>{said.callStep}</h3> : null}
      <p>{said.tryLead}</p>
      <CodeBlock label={said.commands} text={call} />
      {guides ? (
        <p>
          <a href={`/${language}/guides/integrator`}>{said.guide}</a>
        </p>
      ) : null}
    </>
  )
}

interface TokenCommandsProps {
  readonly language: Language
  readonly token: TokenSteps
  /** With the credentials of the reader's own application. */
  readonly own: boolean
}

const TokenCommands = ({ language, token, own }: TokenCommandsProps) => {
  const said = words[language]
  return (
    <>
      {token.signIn === null ? null : (
        <>
          <p>{said.tokenPerson}</p>
          <ol class="points">
            <li>
              <a href={token.signIn}>{said.signIn}</a>
            </li>
            <li>{said.code}</li>
            <li>{said.exchange}</li>
          </ol>
        </>
      )}
      <CodeBlock label={said.tokenStep} text={token.command} />
      {own ? <p>{said.tryPlaceholder}</p> : null}
    </>
  )
}
