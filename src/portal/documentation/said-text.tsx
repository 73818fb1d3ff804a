import { tame } from '#theme'
import type { Said } from './said.js'

/** A sentence that others wrote, marked with its language where that is not the page's (WCAG 2.2, 3.1.2). */
export const SaidText = ({ said }: { readonly said: Said | null }) =>
  said === null ? null : (
    <span lang={said.lang}>
      <bdi>{tame(said.text, 2_000)}</bdi>
    </span>
  )

/** For a cell of a table, which is empty where nothing is said. */
export const saidCell = (said: Said | null) => (said === null ? null : <SaidText said={said} />)
