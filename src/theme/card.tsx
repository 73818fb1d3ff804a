import type { Child, FC } from 'hono/jsx'

export interface CardProps {
  /** Id of the heading that names it; absent: a card that needs no name. */
  readonly labelledBy?: string
  readonly children?: Child
}

/** A piece of the page that stands on its own. */
export const Card: FC<CardProps> = ({ labelledBy, children }) =>
  labelledBy === undefined ? (
    <div class="card">{children}</div>
  ) : (
    <section class="card" aria-labelledby={labelledBy}>
      {children}
    </section>
  )
