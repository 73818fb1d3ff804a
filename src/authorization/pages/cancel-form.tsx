import type { FC } from 'hono/jsx'
import type { Language } from '#base'
import { Button, tame } from '#theme'
import type { CsrfField } from './page-context.js'
import { PostForm } from './post-form.js'

interface CancelFormProps {
  readonly language: Language
  readonly action: string
  readonly csrf: CsrfField
  readonly applicationName: string
}

/** The way out: back to the application, without signing in. */
export const CancelForm: FC<CancelFormProps> = ({ language, action, csrf, applicationName }) => (
  <PostForm action={action} csrf={csrf} kind="wide">
    <Button
      kind="quiet"
      about={language === 'fr' ? `et revenir à ${tame(applicationName)}` : `and go back to ${tame(applicationName)}`}
    >
      {language === 'fr' ? 'Annuler' : 'Cancel'}
    </Button>
  </PostForm>
)
