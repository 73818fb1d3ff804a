import type { JSX } from 'hono/jsx/jsx-runtime'
import { Code, unbroken } from '#theme'
import { linkedFile } from './guide-list.js'

interface MarkdownTextProps {
  readonly text: string
  /** The address of what a link names; null: the file is named instead. */
  readonly hrefOf: (target: string) => string | null
}

const marked = /`([^`]+)`|\*\*(.+?)\*\*|\*([^*]+)\*|\[((?:[^\]`]|`[^`]*`)+)\]\(([^)]+)\)/

/** A line of Markdown: code, links, what is strong and what is stressed. */
export const MarkdownText = ({ text, hrefOf }: MarkdownTextProps): JSX.Element => {
  const found = marked.exec(text)
  if (found === null) return <>{unbroken(text)}</>
  const [whole, code, strong, stressed, label = '', target = ''] = found
  const inner = (said: string) => <MarkdownText text={said} hrefOf={hrefOf} />
  const href = target === '' ? null : hrefOf(target)
  return (
    <>
      {unbroken(text.slice(0, found.index))}
      {code !== undefined ? (
        <Code text={code} />
      ) : strong !== undefined ? (
        <strong>{inner(strong)}</strong>
      ) : stressed !== undefined ? (
        <em>{inner(stressed)}</em>
      ) : href === null ? (
        <>
          {inner(label)} (<Code text={linkedFile(target)} />)
        </>
      ) : (
        <a href={href}>{inner(label)}</a>
      )}
      {inner(text.slice(found.index + whole.length))}
    </>
  )
}
