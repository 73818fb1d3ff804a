import type { Language } from '#base'
import { CodeBlock, DataTable, Shell, Trail } from '#theme'
import { type GuideEntry, guideHref, languageFor } from './guide-list.js'
import { type MarkdownBlock, markdownBlocks } from './markdown-blocks.js'
import { MarkdownText } from './markdown-text.js'

interface GuidePageProps {
  readonly language: Language
  readonly guide: GuideEntry
  /** The guide as it is written, in Markdown. */
  readonly source: string
}

const words = {
  fr: { home: 'Accueil', guides: 'Guides', trail: 'Fil d’Ariane', english: 'Ce guide est en anglais.' },
  en: { home: 'Home', guides: 'Guides', trail: 'Breadcrumb', english: '' },
} as const

/** One guide. */
export const GuidePage = ({ language, guide, source }: GuidePageProps) => {
  const said = words[language]
  const written = languageFor(guide, language)
  const [title, ...blocks] = markdownBlocks(source)
  const steps = [
    { name: said.home, href: `/${language}` },
    { name: said.guides, href: `/${language}/guides` },
  ]
  return (
    <Shell
      language={language}
      title={guide.title[language]}
      otherLanguageHref={`/${language === 'fr' ? 'en' : 'fr'}/guides/${guide.name}`}
    >
      <div class="doc">
        <Trail label={said.trail} steps={steps} />
        {written === language ? null : <p class="faint">{said.english}</p>}
        <div lang={written === language ? undefined : written}>
          <h1>{title?.kind === 'heading' ? title.text : guide.title[written]}</h1>
          {blocks.map((block, index) => (
            <Block block={block} about={nameAt(blocks, index)} language={language} />
          ))}
        </div>
      </div>
    </Shell>
  )
}

interface BlockProps {
  readonly block: MarkdownBlock
  /** The heading that it stands under, with a number where that has several blocks. */
  readonly about: string
  readonly language: Language
}

const Block = ({ block, about, language }: BlockProps) => {
  const inline = (text: string) => <MarkdownText text={text} hrefOf={(target) => guideHref(target, language)} />
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? (
        <h2 id={anchorOf(block.text)}>{inline(block.text)}</h2>
      ) : (
        <h3 id={anchorOf(block.text)}>{inline(block.text)}</h3>
      )
    case 'paragraph':
      return <p>{inline(block.text)}</p>
    case 'code':
      return <CodeBlock label={about} text={block.text} />
    case 'table':
      return <DataTable caption={about} head={block.head.map(plain)} rows={block.rows.map((row) => row.map(inline))} />
    case 'list': {
      const items = block.items.map((item) => <li>{inline(item)}</li>)
      return block.ordered ? <ol class="points">{items}</ol> : <ul class="points">{items}</ul>
    }
  }
}

/** What a block is called: landmarks of one name cannot be told apart. */
function nameAt(blocks: readonly MarkdownBlock[], index: number): string {
  const start = blocks.slice(0, index).findLastIndex(({ kind }) => kind === 'heading')
  const heading = blocks[start]
  const before = blocks.slice(start + 1, index).filter(({ kind }) => kind === blocks[index]?.kind).length
  return `${heading?.kind === 'heading' ? plain(heading.text) : ''}${before === 0 ? '' : ` (${before + 1})`}`
}

const plain = (text: string) => text.replace(/[`*]|\]\([^)]*\)|\[/g, '')

/** As forges spell the anchors of headings. */
const anchorOf = (text: string) =>
  plain(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
