import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { Code, DataTable, tame } from '#theme'
import { answersOf } from './answers-of.js'
import { type FieldRow, fieldRows } from './field-rows.js'
import { operationName } from './said.js'
import { SaidText } from './said-text.js'
import { words } from './words.js'

interface AnswerFieldsProps {
  readonly language: Language
  readonly api: ApiVersion
}

/** Every field that an answer may hold, with the scope that opens it; operations that answer alike share a table. */
export const AnswerFields = ({ language, api }: AnswerFieldsProps) => {
  const said = words[language]
  const answers = answersOf(api)
  return (
    <>
      {answers.map(({ schema, operations }) => {
        const rows = fieldRows(schema, language)
        const name = operations.map((operation) => operationName(operation, language).text).join(', ')
        return (
          <>
            {answers.length > 1 ? (
              <h3>
                {operations.map((operation, index) => (
                  <>
                    {index === 0 ? null : ', '}
                    <SaidText said={operationName(operation, language)} />
                  </>
                ))}
              </h3>
            ) : null}
            {rows.length === 0 ? (
              <p class="faint">{said.noField}</p>
            ) : (
              <DataTable
                caption={`${said.data}${said.colon} ${tame(name)}`}
                head={Object.values(said.field)}
                rows={rows.map((row) => cellsOf(row, language, api))}
              />
            )}
          </>
        )
      })}
    </>
  )
}

function cellsOf(row: FieldRow, language: Language, api: ApiVersion) {
  const said = words[language]
  return [
    <>
      <Code text={row.path} />
      <span class="sub">{row.type}</span>
    </>,
    row.said === null && row.populations.length === 0 ? null : (
      <>
        <SaidText said={row.said} />
        {row.populations.length === 0 ? null : (
          <>
            <span class="sub">{said.population}</span>
            <ul class="points">
              {row.populations.map(({ scope, where }) => (
                <li>
                  <Code text={scope.join(', ')} />
                  {said.colon} {where}
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
    api.dataScopes === undefined || api.dataScopes.length === 0 ? null : scopesCell(row, language),
  ]
}

function scopesCell({ scopes, populations }: FieldRow, language: Language) {
  const said = words[language]
  const sets = [...new Map(scopes.map((set) => [set.join(' '), set])).values()]
  if (sets.length === 0 && populations.length > 0) return populations.flatMap(({ scope }) => scope).map(code)
  if (sets.length === 0) return <span class="faint">{said.anyone}</span>
  return sets.map((set, index) => (
    <>
      {index === 0 ? null : ` ${said.and} `}
      {set.map((scope, place) => (
        <>
          {place === 0 ? null : ` ${said.or} `}
          <Code text={scope} />
        </>
      ))}
    </>
  ))
}

const code = (scope: string) => (
  <>
    <Code text={scope} />{' '}
  </>
)
