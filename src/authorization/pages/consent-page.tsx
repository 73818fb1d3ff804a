import { Button, FocusedShell, Name, renderDocument } from '#theme'
import type { ApplicationShown } from './application-shown.js'
import { AskingApplication } from './asking-application.js'
import { type ConsentContact, ConsentFacts } from './consent-facts.js'
import { type ConsentGroup, ConsentScopes } from './consent-scopes.js'
import type { CsrfField, PageContext } from './page-context.js'
import { PostForm } from './post-form.js'

export interface ConsentPageProps extends PageContext {
  readonly realmTitle: string
  readonly application: ApplicationShown
  /** Name of the person who is signed in. */
  readonly person: string
  /** What is asked for, grouped, in the page's language; scopes without personal data are left out by the caller. */
  readonly groups: readonly ConsentGroup[]
  /** Why the application asks, in its own words. */
  readonly purpose?: string
  /** How long the agreement holds, in seconds; null: until it is withdrawn. */
  readonly durationSeconds: number | null
  /** After how long without a visit of the person the application can see nothing more, in seconds. */
  readonly unseenSeconds?: number
  readonly contact?: ConsentContact
  /** The application's own page about personal data; shown only if http or https. */
  readonly privacyHref?: string
  /** Page where the person withdraws, a path of ours. */
  readonly consentsHref: string
  /** Something was agreed to before, and more is asked now. */
  readonly more?: boolean
  readonly csrf: CsrfField
  /** Gets a POST with `decision` (`accept` or `refuse`) and `scope` once for each optional scope that was ticked. */
  readonly action: string
}

const words = {
  fr: {
    title: 'Partager vos données\u00a0?',
    asks: 'demande à accéder aux données suivantes.',
    more: 'demande à accéder à d’autres données que celles déjà partagées.',
    signedIn: 'Votre session\u00a0:',
    withdraw: 'Vous pourrez retirer votre accord à tout moment, avec effet immédiat, sur la page',
    consents: 'Mes autorisations',
    refuse: 'Refuser',
    accept: 'Accepter',
    afterwards: 'Si vous refusez, rien n’est transmis et vous revenez à l’application.',
  },
  en: {
    title: 'Share your data?',
    asks: 'asks to see the following data.',
    more: 'asks to see other data than those you already share.',
    signedIn: 'Your session:',
    withdraw: 'You can withdraw your agreement at any time, with immediate effect, on the page',
    consents: 'My authorisations',
    refuse: 'Refuse',
    accept: 'Accept',
    afterwards: 'If you refuse, nothing is shared and you go back to the application.',
  },
} as const

/** Consent: who asks, what, why, how long, whom to ask; refusing is as easy as accepting, and nothing is ticked beforehand. */
export function renderConsentPage(props: ConsentPageProps): string {
  const { language, otherLanguageHref, realmTitle, application, person, groups, more, csrf, action } = props
  const said = words[language]
  const link = otherLanguageHref === undefined ? {} : { otherLanguageHref }
  return renderDocument(
    <FocusedShell language={language} title={`${said.title} ${application.name}`} {...link}>
      <p class="eyebrow">
        <Name of={realmTitle} strong={false} />
      </p>
      <h1>{said.title}</h1>
      <p>
        <AskingApplication application={application} /> {more === true ? said.more : said.asks}
      </p>
      <p class="faint">
        {said.signedIn} <Name of={person} />
      </p>
      <PostForm action={action} csrf={csrf}>
        <div class="card">
          <ConsentScopes language={language} groups={groups} />
        </div>
        <ConsentFacts {...props} />
        <p>
          {said.withdraw} <a href={props.consentsHref}>{said.consents}</a>.
        </p>
        <div class="pair">
          <Button kind="equal" name="decision" value="refuse">
            {said.refuse}
          </Button>
          <Button kind="equal" name="decision" value="accept">
            {said.accept}
          </Button>
        </div>
        <p class="faint">{said.afterwards}</p>
      </PostForm>
    </FocusedShell>,
  )
}
