import type { FC } from 'hono/jsx'

/** A name of a program: it breaks after its points and underscores before it breaks anywhere else. */
export const Code: FC<{ readonly text: string }> = ({ text }) => (
  <code>
    {text.split(/(?<=[._=])/).map((part, index) => (
      <>
        {index === 0 ? null : <wbr />}
        {part}
      </>
    ))}
  </code>
)
