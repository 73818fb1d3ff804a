import type { FC } from 'hono/jsx'
import type { Language } from '#base'
import { Button, Card, Name, tame } from '#theme'
import type { ApplicationShown } from './application-shown.js'
import { dayInWords } from './day-in-words.js'
import type { CsrfField } from './page-context.js'
import { PostForm } from './post-form.js'

export interface ConsentShown {
  /** What is posted as `consent`. */
  readonly id: string
  readonly application: ApplicationShown
  /** What the application sees, in plain words, one entry a scope. */
  readonly scopes: readonly string[]
  /** Milliseconds since the epoch. */
  readonly since: number
  /** Milliseconds since the epoch; null: never used. */
  readonly lastUse: number | null
  /** Milliseconds since the epoch; null: until withdrawn. */
  readonly endsAt: number | null
}

interface ConsentCardProps {
  readonly language: Language
  readonly consent: ConsentShown
  readonly index: number
  readonly csrf: CsrfField
  readonly action: string
}

const words = {
  fr: {
    sees: 'Données visibles',
    since: 'Depuis le',
    lastUse: 'Dernier accès',
    never: 'Jamais',
    until: 'Jusqu’au',
    withdraw: 'Retirer l’accès',
    about: 'de',
  },
  en: {
    sees: 'Data it sees',
    since: 'Since',
    lastUse: 'Last access',
    never: 'Never',
    until: 'Until',
    withdraw: 'Withdraw access',
    about: 'of',
  },
} as const

/** One application that sees data, and the button that ends it. */
export const ConsentCard: FC<ConsentCardProps> = ({ language, consent, index, csrf, action }) => {
  const { id, application, scopes, since, lastUse, endsAt } = consent
  const said = words[language]
  return (
    <Card labelledBy={`consent-${index}`}>
      <h2 id={`consent-${index}`}>
        <Name of={application.name} strong={false} />
      </h2>
      {application.organisation === undefined ? null : (
        <p class="faint">
          <Name of={application.organisation} strong={false} />
        </p>
      )}
      <dl class="facts">
        <dt>{said.sees}</dt>
        <dd>
          <ul class="data">
            {scopes.map((scope) => (
              <li>
                <bdi>{tame(scope, 500)}</bdi>
              </li>
            ))}
          </ul>
        </dd>
        <dt>{said.since}</dt>
        <dd>
          <Moment at={since} language={language} />
        </dd>
        <dt>{said.lastUse}</dt>
        <dd>{lastUse === null ? said.never : <Moment at={lastUse} language={language} />}</dd>
        {endsAt === null ? null : <dt>{said.until}</dt>}
        {endsAt === null ? null : (
          <dd>
            <Moment at={endsAt} language={language} />
          </dd>
        )}
      </dl>
      <PostForm action={action} csrf={csrf}>
        <Button kind="equal" name="consent" value={id} about={`${said.about} ${tame(application.name)}`}>
          {said.withdraw}
        </Button>
      </PostForm>
    </Card>
  )
}

const Moment: FC<{ readonly at: number; readonly language: Language }> = ({ at, language }) => (
  <time datetime={new Date(at).toISOString()}>{dayInWords(at, language)}</time>
)
