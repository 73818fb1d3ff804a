import type { FC } from 'hono/jsx'
import { tame } from './tame.js'

export interface NameProps {
  readonly of: string
  /** Heavier than the words around it; true unless told otherwise. */
  readonly strong?: boolean
}

/** A name that others chose, inside our sentence: isolated, so that its writing direction stays its own. */
export const Name: FC<NameProps> = ({ of, strong = true }) =>
  strong ? (
    <strong>
      <bdi>{tame(of)}</bdi>
    </strong>
  ) : (
    <bdi>{tame(of)}</bdi>
  )
