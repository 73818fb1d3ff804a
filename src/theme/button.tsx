import type { Child, FC } from 'hono/jsx'

export interface ButtonProps {
  /** `primary` for the one thing a page is for; `equal` for choices of the same weight; `quiet` for the way out. */
  readonly kind?: 'primary' | 'equal' | 'quiet'
  readonly name?: string
  readonly value?: string
  /** Said after the label to those who do not see what the button stands beside. */
  readonly about?: string
  readonly children?: Child
}

/** A submit button of the form it stands in. */
export const Button: FC<ButtonProps> = ({ kind = 'primary', name, value, about, children }) => (
  <button type="submit" class={`button ${kind}`} name={name} value={value}>
    {children}
    {about === undefined ? null : <span class="unseen"> {about}</span>}
  </button>
)
