import type { Language } from '#base'
import type { SandboxCase } from '#contract'
import { DataTable, tame } from '#theme'
import { shownValue } from './said.js'
import { words } from './words.js'

interface TestCasesProps {
  readonly language: Language
  readonly cases: readonly SandboxCase[]
}

const shownAtOnce = 12
const shownAtMost = 300

/** The calls that the sandbox knows an answer to. */
export const TestCases = ({ language, cases }: TestCasesProps) => {
  const said = words[language]
  if (cases.length === 0) return <p>{said.noCase}</p>
  const table = (some: readonly SandboxCase[]) => (
    <DataTable caption={said.cases} head={Object.values(said.case)} rows={some.map(cellsOf)} />
  )
  const rest = cases.slice(shownAtOnce, shownAtMost)
  return (
    <>
      <p>{said.casesLead}</p>
      {table(cases.slice(0, shownAtOnce))}
      {rest.length === 0 ? null : (
        <details>
          <summary>{said.more(cases.length - shownAtOnce)}</summary>
          {table(rest)}
        </details>
      )}
    </>
  )
}

const cellsOf = ({ title, file, operation, params, status }: SandboxCase) => [
  <>
    <bdi>{tame(title === '' ? file : title, 200)}</bdi>
    <span class="sub">{operation}</span>
  </>,
  <ul class="pairs">
    {Object.entries(params).map(([name, value]) => (
      <li>
        <code>
          {name}={tame(Array.isArray(value) ? value.map(shownValue).join(', ') : shownValue(value), 120)}
        </code>
      </li>
    ))}
  </ul>,
  String(status),
]
