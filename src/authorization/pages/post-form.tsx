import type { Child, FC } from 'hono/jsx'
import type { CsrfField } from './page-context.js'

interface PostFormProps {
  /** Path on our own origin. */
  readonly action: string
  readonly csrf: CsrfField
  readonly kind?: string
  readonly labelledBy?: string
  readonly children?: Child
}

/** A form that posts with its CSRF field first. */
export const PostForm: FC<PostFormProps> = ({ action, csrf, kind, labelledBy, children }) => (
  <form method="post" action={action} class={kind} aria-labelledby={labelledBy}>
    <input type="hidden" name={csrf.name} value={csrf.value} />
    {children}
  </form>
)
