import type { Child, FC } from 'hono/jsx'

export interface FieldsetProps {
  readonly legend: string
  readonly children?: Child
}

/** Choices that belong together, under one name. */
export const Fieldset: FC<FieldsetProps> = ({ legend, children }) => (
  <fieldset>
    <legend>{legend}</legend>
    {children}
  </fieldset>
)
