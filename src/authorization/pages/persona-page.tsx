import { FocusedShell, Name, Notice, renderDocument, tame } from '#theme'
import type { ApplicationShown } from './application-shown.js'
import { AskingApplication } from './asking-application.js'
import { CancelForm } from './cancel-form.js'
import type { CsrfField, PageContext } from './page-context.js'
import { PostForm } from './post-form.js'

export interface PersonaShown {
  /** What is posted as `persona`. */
  readonly id: string
  readonly name: string
  /** Their situation in one line, in the page's language. */
  readonly situation: string
}

export interface PersonaPageProps extends PageContext {
  readonly realmTitle: string
  readonly application: ApplicationShown
  readonly csrf: CsrfField
  /** Gets a POST with `persona`. */
  readonly action: string
  /** A group without title stands alone. */
  readonly groups: readonly { readonly title?: string; readonly personas: readonly PersonaShown[] }[]
  /** The sign-in of real people, where the realm has one. */
  readonly otherWaysHref?: string
  readonly cancelAction: string
}

const words = {
  fr: {
    title: 'Se connecter en tant que…',
    asks: 'Choisissez une personne pour continuer vers',
    fiction: 'Personnes fictives',
    explained: 'Ces personnes n’existent pas. Leurs données sont inventées\u00a0: aucun mot de passe n’est demandé.',
    none: 'Ce royaume n’a pas de personne fictive.',
    other: 'Se connecter autrement',
  },
  en: {
    title: 'Sign in as…',
    asks: 'Choose a person to continue to',
    fiction: 'Fictional people',
    explained: 'These people do not exist. Their data are made up: no password is asked.',
    none: 'This realm has no fictional person.',
    other: 'Sign in another way',
  },
} as const

/** The sandbox's sign-in: choose who to be, one button a persona. */
export function renderPersonaPage(props: PersonaPageProps): string {
  const { language, realmTitle, application, csrf, action, groups, otherWaysHref, cancelAction, ...rest } = props
  const said = words[language]
  const empty = groups.every(({ personas }) => personas.length === 0)
  return renderDocument(
    <FocusedShell language={language} title={`${said.title} ${realmTitle}`} wide {...rest}>
      <p class="eyebrow">
        <Name of={realmTitle} strong={false} />
      </p>
      <h1>{said.title}</h1>
      <p>
        {said.asks} <AskingApplication application={application} />
      </p>
      <Notice kind="information" title={said.fiction}>
        <p>{empty ? said.none : said.explained}</p>
      </Notice>
      <PostForm action={action} csrf={csrf}>
        {groups.map(({ title, personas }, index) => (
          <section aria-labelledby={title === undefined ? undefined : `group-${index}`}>
            {title === undefined ? null : <h2 id={`group-${index}`}>{tame(title)}</h2>}
            <ul class="plain choices">
              {personas.map((persona) => (
                <li>
                  <PersonaButton persona={persona} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </PostForm>
      {otherWaysHref === undefined ? null : (
        <p>
          <a href={otherWaysHref}>{said.other}</a>
        </p>
      )}
      <CancelForm language={language} action={cancelAction} csrf={csrf} applicationName={application.name} />
    </FocusedShell>,
  )
}

const PersonaButton = ({ persona }: { readonly persona: PersonaShown }) => (
  <button type="submit" class="choice" name="persona" value={persona.id}>
    <span class="who">
      <Name of={persona.name} />
    </span>
    <span class="what">
      <Name of={persona.situation} strong={false} />
    </span>
  </button>
)
