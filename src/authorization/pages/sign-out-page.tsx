import { Button, FocusedShell, Name, renderDocument } from '#theme'
import type { ApplicationShown } from './application-shown.js'
import { AskingApplication } from './asking-application.js'
import type { CsrfField, PageContext } from './page-context.js'
import { PostForm } from './post-form.js'

export interface SignOutPageProps extends PageContext {
  readonly realmTitle: string
  /** The application that asks to sign out; absent: the person came alone. */
  readonly application?: ApplicationShown
  readonly csrf: CsrfField
  /** Gets a POST with `logout=yes` to sign out, and without `logout` to stay (the form of oidc-provider's end-session confirmation). */
  readonly action: string
}

const words = {
  fr: {
    title: 'Se déconnecter\u00a0?',
    asks: 'demande à vous déconnecter.',
    effect: 'La déconnexion vaut pour toutes les applications de cet espace. Vos autorisations restent en place.',
    yes: 'Se déconnecter',
    no: 'Garder ma session',
  },
  en: {
    title: 'Sign out?',
    asks: 'asks to sign you out.',
    effect: 'You will be signed out of every application of this space. Your authorisations stay.',
    yes: 'Sign out',
    no: 'Keep my session',
  },
} as const

/** Sign-out confirmation (OpenID Connect RP-Initiated Logout, section 2): a logout that cannot be tied to its application is asked about. */
export function renderSignOutPage(props: SignOutPageProps): string {
  const { language, realmTitle, application, csrf, action, ...rest } = props
  const said = words[language]
  return renderDocument(
    <FocusedShell language={language} title={said.title} {...rest}>
      <p class="eyebrow">
        <Name of={realmTitle} strong={false} />
      </p>
      <h1>{said.title}</h1>
      {application === undefined ? null : (
        <p>
          <AskingApplication application={application} /> {said.asks}
        </p>
      )}
      <p>{said.effect}</p>
      <PostForm action={action} csrf={csrf} kind="pair">
        <Button kind="equal">{said.no}</Button>
        <Button kind="equal" name="logout" value="yes">
          {said.yes}
        </Button>
      </PostForm>
    </FocusedShell>,
  )
}
