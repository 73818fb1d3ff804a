import type { FC } from 'hono/jsx'
import type { Language } from '#base'
import { Fieldset, tame } from '#theme'

export interface ConsentScope {
  readonly name: string
  /** What it lets the application see, in plain words of the page's language. */
  readonly text: string
  /** The person chooses it alone, with a box that starts empty; false or absent: part of the whole. */
  readonly optional?: boolean
  /** For an optional scope: the person's own tick, shown again after an error; absent: empty. */
  readonly ticked?: boolean
}

export interface ConsentGroup {
  readonly title: string
  readonly scopes: readonly ConsentScope[]
}

interface ConsentScopesProps {
  readonly language: Language
  readonly groups: readonly ConsentGroup[]
}

const words = {
  fr: { optional: 'Facultatif, à votre choix' },
  en: { optional: 'Optional, your choice' },
} as const

/** The data asked for, group by group; optional ones apart, as boxes. */
export const ConsentScopes: FC<ConsentScopesProps> = ({ language, groups }) => {
  const required = groups.map((group) => keep(group, false)).filter(({ scopes }) => scopes.length > 0)
  const optional = groups.flatMap((group) => keep(group, true).scopes)
  return (
    <>
      {required.map(({ title, scopes }, index) => (
        <section aria-labelledby={`data-${index}`}>
          <h2 id={`data-${index}`}>
            <bdi>{tame(title)}</bdi>
          </h2>
          <ul class="data">
            {scopes.map(({ text }) => (
              <li>
                <bdi>{tame(text, 500)}</bdi>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {optional.length === 0 ? null : (
        <Fieldset legend={words[language].optional}>
          {optional.map(({ name, text, ticked }) => (
            <label class="check">
              <input type="checkbox" name="scope" value={name} checked={ticked === true} />
              <bdi>{tame(text, 500)}</bdi>
            </label>
          ))}
        </Fieldset>
      )}
    </>
  )
}

function keep(group: ConsentGroup, optional: boolean): ConsentGroup {
  return { title: group.title, scopes: group.scopes.filter((scope) => (scope.optional === true) === optional) }
}
