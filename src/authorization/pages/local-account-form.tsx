import type { FC } from 'hono/jsx'
import type { Language } from '#base'
import { Button, Field, Notice } from '#theme'
import type { CsrfField } from './page-context.js'
import { PostForm } from './post-form.js'

export interface LocalAccountProps {
  /** Gets a POST with `identifier` and `password`. */
  readonly action: string
  /** What was typed before, shown again after a failure; the password never is. */
  readonly identifier?: string
  /** `refused`: unknown identifier or wrong password, told alike (ASVS 5.0 V6.3.8). `empty_…`: that field was left empty. */
  readonly failure?: 'refused' | 'empty_identifier' | 'empty_password'
}

const words = {
  fr: {
    legend: 'Avec votre identifiant',
    identifier: 'Identifiant',
    hint: 'Votre adresse électronique ou le nom d’utilisateur de votre compte.',
    password: 'Mot de passe',
    submit: 'Se connecter',
    failure: 'Connexion impossible',
    refused: 'L’identifiant ou le mot de passe est incorrect.',
    empty_identifier: 'Saisissez votre identifiant.',
    empty_password: 'Saisissez votre mot de passe.',
    lost: 'Mot de passe oublié\u00a0? Demandez-en un nouveau à l’équipe qui tient ce service\u00a0: elle seule peut le remplacer.',
  },
  en: {
    legend: 'With your user name',
    identifier: 'User name',
    hint: 'Your e-mail address or the user name of your account.',
    password: 'Password',
    submit: 'Sign in',
    failure: 'You could not be signed in',
    refused: 'The user name or the password is wrong.',
    empty_identifier: 'Enter your user name.',
    empty_password: 'Enter your password.',
    lost: 'Forgotten your password? Ask the team that runs this service for a new one: nobody else can replace it.',
  },
} as const

/** Identifier and password, for password managers and for those who type; errors are tied to the fields they are about. */
export const LocalAccountForm: FC<LocalAccountProps & { readonly language: Language; readonly csrf: CsrfField }> = (
  props,
) => {
  const { language, csrf, action, identifier, failure } = props
  const said = words[language]
  const both = failure === 'refused' ? { errorId: 'sign-in-error' } : {}
  return (
    <PostForm action={action} csrf={csrf} labelledBy="local-account">
      <h2 id="local-account">{said.legend}</h2>
      {failure === 'refused' ? (
        <Notice kind="error" id="sign-in-error" title={said.failure}>
          <p>{said.refused}</p>
        </Notice>
      ) : null}
      <Field
        id="identifier"
        name="identifier"
        label={said.identifier}
        hint={said.hint}
        autocomplete="username"
        {...(identifier !== undefined && { value: identifier })}
        {...(failure === 'empty_identifier' && { error: said.empty_identifier })}
        focusFirst={failure === 'refused' || failure === 'empty_identifier'}
        {...both}
      />
      <Field
        id="password"
        name="password"
        type="password"
        label={said.password}
        autocomplete="current-password"
        {...(failure === 'empty_password' && { error: said.empty_password })}
        focusFirst={failure === 'empty_password'}
        {...both}
      />
      <p>{said.lost}</p>
      <p class="wide">
        <Button>{said.submit}</Button>
      </p>
    </PostForm>
  )
}
