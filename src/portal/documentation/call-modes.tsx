import type { Language } from '#base'
import {
  type ApiVersion,
  type CallRule,
  formatPath,
  type Operation,
  type ParameterDefinition,
  type Platform,
} from '#contract'
import { Code, DataTable, tame } from '#theme'
import { bodyRows } from './body-rows.js'
import { typeOf } from './field-rows.js'
import { operationName, saidOf, shownValue } from './said.js'
import { SaidText } from './said-text.js'
import { words } from './words.js'

interface CallModesProps {
  readonly language: Language
  readonly platform: Platform
  readonly api: ApiVersion
}

/** How each operation is called: its address, its parameters, and for whom it is kept. */
export const CallModes = ({ language, platform, api }: CallModesProps) => (
  <>
    {api.operations.map((operation) => (
      <CallMode language={language} platform={platform} api={api} operation={operation} />
    ))}
  </>
)

const CallMode = ({ language, platform, api, operation }: CallModesProps & { readonly operation: Operation }) => {
  const said = words[language]
  const { definition, method } = operation
  const name = operationName(operation, language)
  const ways = waysOf(definition['x-checks'] ?? [])
  const body = bodyRows(operation, language)
  const parameters = (definition.parameters ?? []).filter(({ in: place }) => place !== 'cookie')
  const address = formatPath(platform.path, api, {
    environment: 'production',
    resource: operation.path === '/' ? '' : operation.path,
  })
  return (
    <div class="mode" id={`operation-${operation.id}`}>
      <h3>
        <SaidText said={name} />
      </h3>
      <p>
        <code class="address">
          {method} {address}
        </code>
      </p>
      {rightOf(definition) ? <p class="tag heed">{said.reserved}</p> : null}
      {definition['x-person'] === undefined || name.text === said.person ? null : <p>{said.person}</p>}
      <SaidText said={saidOf(definition, 'description', language)} />
      <Ways language={language} ways={ways} />
      {parameters.length === 0 && body.length === 0 ? <p class="faint">{said.noParameter}</p> : null}
      <DataTable
        caption={`${said.calls}${said.colon} ${tame(name.text)}`}
        head={Object.values(said.parameter)}
        rows={parameters.map((parameter) => parameterRow(parameter, { language, ways }))}
      />
      {body.length === 0 ? null : (
        <>
          <h4>{said.body}</h4>
          <DataTable
            caption={`${said.body}${said.colon} ${tame(name.text)}`}
            head={Object.values(said.parameter)}
            rows={body}
          />
        </>
      )}
    </div>
  )
}

interface WaysProps {
  readonly language: Language
  readonly ways: readonly (readonly string[])[]
}

/** Sets of parameters of which a call needs one. */
const Ways = ({ language, ways }: WaysProps) =>
  ways.length === 0 ? null : (
    <>
      <p>{words[language].ways}</p>
      <ul class="points">
        {ways.map((names) => (
          <li>
            <code>{names.join(', ')}</code>
          </li>
        ))}
      </ul>
    </>
  )

const waysOf = (checks: readonly CallRule[]) => checks.flatMap((check) => ('choice' in check ? check.choice : []))

function parameterRow(parameter: ParameterDefinition, { language, ways }: WaysProps) {
  const said = words[language]
  const example = parameter.example ?? parameter.schema?.example
  const choices = parameter.schema?.enum
  const text = saidOf(parameter, 'description', language) ?? saidOf(parameter.schema ?? {}, 'description', language)
  const nothing = text === null && !Array.isArray(choices) && !rightOf(parameter)
  return [
    <>
      <Code text={parameter.name.trim()} />
      <span class="sub">
        {typeOf(parameter.schema ?? {}, language)}
        {parameter.in === 'header' ? ` ${said.header}` : null}
      </span>
    </>,
    nothing ? null : (
      <>
        <SaidText said={text} />
        {Array.isArray(choices) ? <span class="sub">{choices.map((each) => shownValue(each)).join(', ')}</span> : null}
        {rightOf(parameter) ? <span class="sub">{said.reserved}</span> : null}
      </>
    ),
    parameter.required === true
      ? said.required
      : ways.some((names) => names.includes(parameter.name))
        ? said.byWay
        : said.optional,
    example === undefined ? '' : <code>{shownValue(example)}</code>,
  ]
}

const rightOf = (node: object) => Reflect.get(node, 'x-right') !== undefined
