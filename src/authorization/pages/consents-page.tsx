import { Button, FocusedShell, Name, Notice, renderDocument } from '#theme'
import { ConsentCard, type ConsentShown } from './consent-card.js'
import type { CsrfField, PageContext } from './page-context.js'
import { PostForm } from './post-form.js'

export interface ConsentsPageProps extends PageContext {
  readonly realmTitle: string
  /** Name of the person who is signed in. */
  readonly person: string
  /** People here are not asked: who employs them decides. */
  readonly decidedElsewhere?: boolean
  /** Latest first, as the caller orders them. */
  readonly consents: readonly ConsentShown[]
  readonly csrf: CsrfField
  /** Gets a POST with `consent`, the id of the one to withdraw. */
  readonly withdrawAction: string
  /** Gets a POST that signs the person out; absent: no button. */
  readonly signOutAction?: string
  /** Name of the application whose access was just withdrawn. */
  readonly withdrawn?: string
}

const words = {
  fr: {
    title: 'Mes autorisations',
    lead: 'Les applications qui peuvent voir vos données.',
    decided:
      'Votre organisation décide des applications que vous utilisez. Un accès retiré ici reprend si vous vous connectez de nouveau à l’application.',
    signedIn: 'Votre session\u00a0:',
    none: 'Aucune application n’a accès à vos données.',
    noneMore: 'Quand vous partagerez des données avec une application, elle apparaîtra ici.',
    done: 'Accès retiré',
    doneText: 'ne peut plus voir vos données, dès maintenant.',
    signOut: 'Se déconnecter',
  },
  en: {
    title: 'My authorisations',
    lead: 'The applications that may see your data.',
    decided:
      'Your organisation decides which applications you use. An access withdrawn here resumes if you sign in to the application again.',
    signedIn: 'Your session:',
    none: 'No application has access to your data.',
    noneMore: 'When you share data with an application, it will appear here.',
    done: 'Access withdrawn',
    doneText: 'can no longer see your data, as of now.',
    signOut: 'Sign out',
  },
} as const

/** The person's own page: who sees what, since when, last use, and one click to end it. */
export function renderConsentsPage(props: ConsentsPageProps): string {
  const { language, realmTitle, person, consents, csrf, withdrawAction, signOutAction, withdrawn } = props
  const { decidedElsewhere, otherLanguageHref } = props
  const link = otherLanguageHref === undefined ? {} : { otherLanguageHref }
  const said = words[language]
  return renderDocument(
    <FocusedShell language={language} title={said.title} {...link}>
      <p class="eyebrow">
        <Name of={realmTitle} strong={false} />
      </p>
      <h1>{said.title}</h1>
      {withdrawn === undefined ? null : (
        <Notice kind="success" title={said.done}>
          <p>
            <Name of={withdrawn} /> {said.doneText}
          </p>
        </Notice>
      )}
      <p class="lead">{said.lead}</p>
      <p class="faint">
        {said.signedIn} <Name of={person} />
      </p>
      {consents.length === 0 ? (
        <div class="card">
          <p>
            <strong>{said.none}</strong>
          </p>
          <p class="faint">{said.noneMore}</p>
        </div>
      ) : (
        <ul class="plain">
          {consents.map((consent, index) => (
            <li>
              <ConsentCard language={language} consent={consent} index={index} csrf={csrf} action={withdrawAction} />
            </li>
          ))}
        </ul>
      )}
      {decidedElsewhere === true ? <p>{said.decided}</p> : null}
      {signOutAction === undefined ? null : (
        <PostForm action={signOutAction} csrf={csrf}>
          <Button kind="quiet">{said.signOut}</Button>
        </PostForm>
      )}
    </FocusedShell>,
  )
}
