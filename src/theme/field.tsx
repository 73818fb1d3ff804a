import type { FC } from 'hono/jsx'

export interface FieldProps {
  /** Unique in the page; `<id>-hint` and `<id>-error` are made from it. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'email'
  /** A token of the HTML standard, e.g. `username` (WCAG 2.2, 1.3.5). */
  readonly autocomplete: string
  readonly value?: string
  readonly hint?: string
  readonly error?: string
  /** Id of an error told elsewhere in the page, about more than this field. */
  readonly errorId?: string
  readonly focusFirst?: boolean
  readonly lengthMax?: number
}

/** A labelled input; hint and error are tied to it, and an error says so in words. */
export const Field: FC<FieldProps> = (field) => {
  const { id, hint, error, errorId } = field
  const described = [hint && `${id}-hint`, error && `${id}-error`, errorId].filter(Boolean).join(' ')
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{field.label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={field.name}
        type={field.type ?? 'text'}
        autocomplete={field.autocomplete}
        value={field.value}
        maxlength={field.lengthMax ?? 256}
        required
        autofocus={field.focusFirst}
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={described || undefined}
        aria-invalid={error === undefined && errorId === undefined ? undefined : 'true'}
      />
      {error === undefined ? null : (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}
