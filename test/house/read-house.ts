import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Node, type SourceFile as Parsed, SyntaxKind } from 'typescript/unstable/ast'
import type { API } from 'typescript/unstable/sync'

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string
  /** First folder below `src`. */
  readonly room: string
  readonly text: string
  /** Every specifier that the compiler sees: static, dynamic, of types and of workers. */
  readonly imports: readonly string[]
  /** Dynamic imports whose address is computed, as written. */
  readonly computedImports: readonly string[]
}

export interface House {
  readonly files: readonly SourceFile[]
  /** `imports` of `package.json`. */
  readonly doors: Readonly<Record<string, string>>
}

/** Reads the sources that the project's `tsconfig.json` names, by the compiler's own parser. `root` is absolute. */
export function readHouse(api: API, root: string): House {
  const configuration = join(root, 'tsconfig.json')
  const project = api.updateSnapshot({ openProjects: [configuration] }).getProject(configuration)
  if (project === undefined) throw new Error(`${configuration} is no project`)
  const prefix = `${root}/`
  const files = project.program
    .getSourceFileNames()
    .filter((name) => name.startsWith(`${prefix}src/`))
    .flatMap((name) => {
      const parsed = project.program.getSourceFile(name)
      return parsed === undefined ? [] : [sourceFile(name.slice(prefix.length), readFileSync(name, 'utf8'), parsed)]
    })
  const manifest: { imports: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { files, doors: manifest.imports }
}

/** Tests and what only tests import. */
export const isTest = (file: SourceFile): boolean =>
  /\.(test|fixture)\.tsx?$/.test(basename(file.path)) || /\/(trial|fixtures)\//.test(file.path)

function sourceFile(path: string, text: string, parsed: Parsed): SourceFile {
  const computed: string[] = []
  if (/\bimport\s*\(/.test(text)) findComputed(parsed, text, computed)
  const imports = [
    ...parsed.imports.map((literal) => ('text' in literal ? String(literal.text) : '')),
    ...workers(text),
  ]
  return { path, room: path.split('/')[1] ?? '', text, imports, computedImports: computed }
}

function findComputed(node: Node, text: string, found: string[]): void {
  node.forEachChild((child) => {
    const [first] = children(child)
    if (child.kind === SyntaxKind.CallExpression && first?.kind === SyntaxKind.ImportKeyword) {
      const address = children(child)[1]
      if (address?.kind !== SyntaxKind.StringLiteral) found.push(text.slice(child.pos, child.end).trim())
    }
    findComputed(child, text, found)
    return undefined
  })
}

function children(node: Node): readonly Node[] {
  const found: Node[] = []
  node.forEachChild((child) => {
    found.push(child)
    return undefined
  })
  return found
}

/** Code that a thread starts from: `new URL('./x.js', import.meta.url)`. */
const workers = (text: string) =>
  [...text.matchAll(/new URL\(\s*['"`]([^'"`]+\.js)['"`],\s*import\.meta\.url/g)].map((match) => match[1] ?? '')
