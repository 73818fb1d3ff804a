import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { Button, Code, CodeBlock, Fieldset, tame } from '#theme'
import type { AnswerSample } from './answer-sample.js'
import { operationName } from './said.js'
import { SaidText } from './said-text.js'
import { words } from './words.js'

interface ShapedAnswerProps {
  readonly language: Language
  readonly api: ApiVersion
  /** Scopes of the token that answers are shown for. */
  readonly chosen: ReadonlySet<string>
  readonly samples: readonly AnswerSample[]
}

/** What the example call answers to a token, whose scopes the reader chooses in a form. */
export const ShapedAnswer = ({ language, api, chosen, samples }: ShapedAnswerProps) => {
  const said = words[language]
  return (
    <>
      <p>{said.shapedLead}</p>
      <form method="get" action="#answer" class="scopes">
        <input type="hidden" name="chosen" value="yes" />
        <Fieldset legend={said.shapedScopes}>
          {(api.dataScopes ?? []).map((scope) => (
            <label class="check">
              <input type="checkbox" name="scope" value={scope} checked={chosen.has(scope)} />
              <span>
                <Code text={scope} />
                <span class="sub">{tame(api.describedScopes[scope]?.[language] ?? '', 500)}</span>
              </span>
            </label>
          ))}
        </Fieldset>
        <p>
          <Button kind="equal">{said.shapedShow}</Button>
        </p>
      </form>
      {samples.map((sample) => (
        <Sample language={language} api={api} sample={sample} titled={samples.length > 1} />
      ))}
    </>
  )
}

interface SampleProps {
  readonly language: Language
  readonly api: ApiVersion
  readonly sample: AnswerSample
  readonly titled: boolean
}

const Sample = ({ language, api, sample: { operations, status, body }, titled }: SampleProps) => {
  const said = words[language]
  const named = api.operations.filter(({ id }) => operations.includes(id))
  return (
    <>
      {titled ? (
        <h3>
          {named.map((operation, index) => (
            <>
              {index === 0 ? null : ', '}
              <SaidText said={operationName(operation, language)} />
            </>
          ))}
        </h3>
      ) : null}
      <p>{status < 300 ? said.shapedStatus(status) : said.shapedRefused(status)}</p>
      {body === undefined ? null : (
        <CodeBlock
          label={titled ? `${said.shapedBody}${said.colon} ${operations.join(', ')}` : said.shapedBody}
          text={JSON.stringify(body, null, 2)}
        />
      )}
    </>
  )
}
