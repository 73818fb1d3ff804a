import { join } from 'node:path'
import type { Text } from '#base'
import { inOrder, type Mistake } from './mistake.js'
import type { Platform } from './platform.js'
import { suggestion } from './reading/did-you-mean.js'
import { documentationShape } from './reading/documentation-shape.js'
import { fileBytesMax, readFolder, readSource } from './reading/read-file.js'
import { checkShape, mistakeAt } from './reading/shape-mistakes.js'

export interface Note {
  readonly title: Text
  readonly text: readonly Text[]
  readonly list: readonly Text[]
  readonly table?: { readonly head: readonly Text[]; readonly rows: readonly (readonly Text[])[] } | undefined
  readonly heed: boolean
}

/** A row of the platform's table. */
export interface Subject {
  readonly title: Text
  readonly provider: Text
  readonly data: Text
  readonly availability: Text
  /** `<code>/<version>` of the platform. */
  readonly apis: readonly string[]
  readonly notes: readonly Note[]
}

export interface Documentation {
  readonly lead?: Text | undefined
  readonly subjects: readonly Subject[]
  /** Codes of further APIs, what people look for most first. */
  readonly order: readonly string[]
  readonly notes: readonly Note[]
}

const none: Documentation = { subjects: [], order: [], notes: [] }

/** `documentation.yaml` of a platform, read when somebody asks for it, since no call needs it. What is wrong in it is left out. */
export async function readDocumentation(
  platform: Platform,
): Promise<{ readonly documentation: Documentation; readonly mistakes: readonly Mistake[] }> {
  const file = join(platform.folder, 'documentation.yaml')
  const entries = await readFolder(platform.folder)
  if (entries?.files.includes('documentation.yaml') !== true) return { documentation: none, mistakes: [] }
  const source = await readSource(file, { file, bytesMax: fileBytesMax.settings })
  if (source.value === undefined) return { documentation: none, mistakes: source.mistakes }
  const { value, mistakes } = checkShape(documentationShape, source)
  const known = platform.apis.map(({ code, version }) => `${code}/${version}`)
  const codes = platform.apis.map(({ code }) => code)
  const unordered = (value?.order ?? []).flatMap((code, index) =>
    codes.includes(code)
      ? []
      : [
          mistakeAt(source, ['order', index], {
            reason: `the platform has no API "${code}"`,
            mend: suggestion(code, codes),
          }),
        ],
  )
  const strangers = (value?.subjects ?? []).flatMap(({ apis }, subject) =>
    apis.flatMap((api, index) =>
      known.includes(api)
        ? []
        : [
            mistakeAt(source, ['subjects', subject, 'apis', index], {
              reason: `the platform has no API "${api}"`,
              mend: suggestion(api, known),
            }),
          ],
    ),
  )
  return {
    documentation: value ?? none,
    mistakes: inOrder([...source.mistakes, ...mistakes, ...strangers, ...unordered]),
  }
}
