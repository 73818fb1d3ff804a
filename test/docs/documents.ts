import { readdirSync, readFileSync } from 'node:fs'

export interface Document {
  /** Relative to the project. */
  readonly path: string
  readonly text: string
  /** The text without its code blocks. */
  readonly prose: string
}

const folders = ['.', 'docs', 'platforms', 'bench']

/** Every Markdown page of the project. */
export function readDocuments(): readonly Document[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => (folder === '.' ? name : `${folder}/${name.replaceAll('\\', '/')}`)),
  )
  return paths.map((path) => {
    const text = readFileSync(path, 'utf8')
    return { path, text, prose: text.replace(/^```(?:.|\n)*?^```$/gm, '') }
  })
}
