import { Problem, type Text } from '#base'

/** Does a piece of work on files of the data folder. Throws `data-folder/…` that says what to do, where the system refuses it. */
export function inDataFolder<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const name = Object.hasOwn(reasons, code) ? reasons[code] : undefined
    if (name === undefined) throw cause
    const { fr, en } = texts[name]
    const text = { fr: `${fr} (${folder})`, en: `${en} (${folder})` }
    throw new Problem({ code: `data-folder/${name}`, status: 500, text, cause })
  }
}

const texts = {
  full: {
    fr: 'Le disque du dossier de données est plein : faites de la place, ou donnez un autre PORTIQUE_DATA.',
    en: 'The disk of the data folder is full: make room, or give another PORTIQUE_DATA.',
  },
  'not-a-folder': {
    fr: 'Le chemin du dossier de données n’est pas un dossier : donnez un autre PORTIQUE_DATA.',
    en: 'The path of the data folder is not a folder: give another PORTIQUE_DATA.',
  },
  'read-only': {
    fr: 'Le dossier de données n’est pas accessible en écriture : corrigez ses droits, ou donnez un autre PORTIQUE_DATA.',
    en: 'The data folder cannot be written to: mend its permissions, or give another PORTIQUE_DATA.',
  },
} satisfies Record<string, Text>

const reasons: Readonly<Record<string, keyof typeof texts>> = {
  ...{ ENOSPC: 'full', EDQUOT: 'full' },
  ...{ ENOTDIR: 'not-a-folder', EEXIST: 'not-a-folder' },
  // A folder that takes none, such as /proc, says that there is no such thing.
  ...{ ENOENT: 'read-only', EROFS: 'read-only', EACCES: 'read-only', EPERM: 'read-only' },
}
