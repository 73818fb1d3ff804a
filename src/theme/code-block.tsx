import type { FC } from 'hono/jsx'

export interface CodeBlockProps {
  /** Says what the commands do. */
  readonly label: string
  readonly text: string
  /** One click selects all of it. */
  readonly whole?: boolean
}

/** Text to copy, as it stands; scrolled by keyboard too where it is wider than the page (WCAG 2.2, 2.1.1). */
export const CodeBlock: FC<CodeBlockProps> = ({ label, text, whole = false }) => (
  <section class={whole ? 'code whole' : 'code'} aria-label={label} tabindex={0}>
    <pre>
      <code>{text}</code>
    </pre>
  </section>
)
