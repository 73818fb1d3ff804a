import type { Language } from '#base'
import { CodeBlock } from '#theme'
import type { ExampleCommands } from './example-curl.js'
import type { TokenGround } from './example-token.js'
import { words } from './words.js'

interface TryItProps {
  readonly language: Language
  readonly commands: ExampleCommands
  readonly ground: TokenGround
  /** Whether there are guides to read. */
  readonly guides: boolean
}

/** How to call the sandbox from a terminal: first the token, then the call. */
export const TryIt = ({ language, commands: { token, open, call }, ground, guides }: TryItProps) => {
  const said = words[language]
  return (
    <>
      {token === null ? null : <h3>{said.tokenStep}</h3>}
      {token === null || token.signIn === null ? null : (
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
      {token === null ? null : <CodeBlock label={said.tokenStep} text={token.command} />}
      {token !== null && ground.access === null ? <p>{said.tryPlaceholder}</p> : null}
      {token === null && !open ? <p>{said.tryToken}</p> : null}
      {token === null ? null : <h3>{said.callStep}</h3>}
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
