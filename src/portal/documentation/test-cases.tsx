import type { Language } from '#base'
import type { ApiVersion, SandboxCase } from '#contract'
import { isForTheRest } from '#sandbox'
import { DataTable, tame } from '#theme'
import { caseParams, unknownParams } from './case-params.js'
import { operationName, type Said } from './said.js'
import { SaidText } from './said-text.js'
import { words } from './words.js'

interface TestCasesProps {
  readonly language: Language
  readonly api: ApiVersion
  readonly cases: readonly SandboxCase[]
}

const shownAtOnce = 12
const shownAtMost = 300

/** The calls that the sandbox knows an answer to. */
export const TestCases = (props: TestCasesProps) => {
  const { language, cases } = props
  const said = words[language]
  if (cases.length === 0) return <p>{said.noCase}</p>
  const table = (some: readonly SandboxCase[]) => (
    <DataTable caption={said.cases} head={Object.values(said.case)} rows={some.map((one) => cellsOf(one, props))} />
  )
  const ordered = inOrder(cases)
  const rest = ordered.slice(shownAtOnce, shownAtMost)
  return (
    <>
      <p>{said.casesLead}</p>
      {table(ordered.slice(0, shownAtOnce))}
      {rest.length === 0 ? null : (
        <details>
          <summary>{said.more(cases.length - shownAtOnce)}</summary>
          {table(rest)}
        </details>
      )}
    </>
  )
}

/** What answers everybody else stands last of those that are shown at once. */
function inOrder(cases: readonly SandboxCase[]): readonly SandboxCase[] {
  const others = cases.filter(({ file }) => isForTheRest(file))
  const named = cases.filter(({ file }) => !isForTheRest(file))
  const first = Math.max(0, shownAtOnce - others.length)
  return [...named.slice(0, first), ...others, ...named.slice(first)]
}

function titleOf({ title, titleEn, file }: SandboxCase, language: Language): Said {
  if (title === '') return { text: file }
  if (language === 'fr') return { text: title }
  return titleEn === undefined ? { text: title, lang: 'fr' } : { text: titleEn }
}

function cellsOf(one: SandboxCase, { language, api, cases }: TestCasesProps) {
  const said = words[language]
  const operation = api.operations.find(({ id }) => id === one.operation)
  const rest = isForTheRest(one.file) && Object.keys(one.params).length === 0
  const params = rest ? unknownParams(cases, one.operation, api) : caseParams(one, api)
  return [
    <>
      {rest ? said.otherPerson : <SaidText said={titleOf(one, language)} />}
      {operation === undefined ? null : (
        <span class="sub">
          <SaidText said={operationName(operation, language)} />
        </span>
      )}
    </>,
    params.length === 0 ? null : (
      <>
        {rest ? said.forInstance : null}
        <ul class="pairs">
          {params.map((param) => (
            <li>
              <code>{tame(param, 160)}</code>
            </li>
          ))}
        </ul>
      </>
    ),
    String(one.status),
  ]
}
