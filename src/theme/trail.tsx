import type { FC } from 'hono/jsx'
import { tame } from './tame.js'

export interface TrailProps {
  readonly label: string
  /** From the front page down; the page itself is not among them. */
  readonly steps: readonly { readonly name: string; readonly href: string }[]
}

/** The way back up. */
export const Trail: FC<TrailProps> = ({ label, steps }) => (
  <nav class="trail" aria-label={label}>
    <ol>
      {steps.map(({ name, href }) => (
        <li>
          <a href={href}>{tame(name)}</a>
        </li>
      ))}
    </ol>
  </nav>
)
