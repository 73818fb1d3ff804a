import { Problem, type ProblemOptions, type Text } from '#base'

/** Every code of the room: its status, and what a stranger may read of it. A code is never reused. */
export const storageProblems = {
  'storage/full': {
    status: 503,
    fr: 'Le stockage est plein : les écritures sont refusées jusqu’à ce que de la place revienne.',
    en: 'The storage is full: writes are refused until space returns.',
  },
  'storage/broken': {
    status: 503,
    fr: 'Le disque a failli : le stockage n’accepte plus d’écriture jusqu’au redémarrage.',
    en: 'The disk failed: the store accepts no more writes until it is started again.',
  },
  'storage/unreachable': {
    status: 503,
    fr: 'La base de données ne répond pas ; réessayez dans un instant.',
    en: 'The database does not answer; try again in a moment.',
  },
  'storage/no-access': {
    status: 503,
    fr: 'La base de données refuse la connexion : vérifiez l’utilisateur, le mot de passe et le nom de la base dans DATABASE_URL.',
    en: 'The database refuses the connection: check the user, the password and the name of the database in DATABASE_URL.',
  },
  'storage/no-rights': {
    status: 503,
    fr: 'L’utilisateur de DATABASE_URL n’a pas les droits qu’il faut : donnez-lui USAGE et CREATE sur le schéma, et la propriété des tables.',
    en: 'The user of DATABASE_URL lacks rights: give it USAGE and CREATE on the schema, and the ownership of the tables.',
  },
  'storage/slow': {
    status: 503,
    fr: 'La base de données n’a pas répondu à temps ; réessayez dans un instant.',
    en: 'The database did not answer in time; try again in a moment.',
  },
  'storage/transaction-lost': {
    status: 503,
    fr: 'La transaction a été annulée : elle a duré trop longtemps ou en a gêné une autre. Réessayez.',
    en: 'The transaction was undone: it took too long or stood in the way of another. Try again.',
  },
  'storage/conflict': {
    status: 409,
    fr: 'Un enregistrement de même identifiant existe déjà.',
    en: 'A record with the same identifier exists already.',
  },
  'storage/constraint': {
    status: 500,
    fr: 'L’enregistrement ne respecte pas le schéma.',
    en: 'The record does not fit the schema.',
  },
  'storage/bad-text': {
    status: 400,
    fr: 'Le texte contient un caractère nul.',
    en: 'The text contains a NUL character.',
  },
  'storage/unsealed': {
    status: 500,
    fr: 'Le secret ne peut pas être ouvert avec cette clé et dans ce contexte.',
    en: 'The secret cannot be opened with this key and in this context.',
  },
  'storage/wrong-key': {
    status: 500,
    fr: 'Ce stockage a été scellé avec une autre clé : donnez la même PORTIQUE_SECRET_KEY qu’auparavant.',
    en: 'This store was sealed with another key: give the same PORTIQUE_SECRET_KEY as before.',
  },
  'storage/unsafe-sqlite': {
    status: 500,
    fr: 'SQLite est trop ancien pour garantir ce qui est acquitté : lancez Portique par npm, qui apporte son propre Node.',
    en: 'SQLite is too old to keep what is acknowledged: start Portique through npm, which brings its own Node.',
  },
  'storage/folder-in-use': {
    status: 500,
    fr: 'Un autre processus se sert de ce dossier de données : arrêtez-le, ou donnez un autre PORTIQUE_DATA.',
    en: 'Another process uses this data folder: stop it, or give another PORTIQUE_DATA.',
  },
  'storage/folder-read-only': {
    status: 500,
    fr: 'Le dossier de données n’est pas accessible en écriture : corrigez ses droits, ou donnez un autre PORTIQUE_DATA.',
    en: 'The data folder cannot be written to: mend its permissions, or give another PORTIQUE_DATA.',
  },
  'storage/not-a-folder': {
    status: 500,
    fr: 'Le chemin du dossier de données n’est pas un dossier : donnez un autre PORTIQUE_DATA.',
    en: 'The path of the data folder is not a folder: give another PORTIQUE_DATA.',
  },
  'storage/damaged': {
    status: 500,
    fr: 'Le fichier du stockage est abîmé : restaurez une sauvegarde.',
    en: 'The store’s file is damaged: restore a backup.',
  },
  'storage/newer': {
    status: 500,
    fr: 'Ce stockage vient d’une version plus récente de Portique : lancez cette version-là, ou restaurez une sauvegarde.',
    en: 'This store comes from a newer version of Portique: start that version, or restore a backup.',
  },
  'storage/not-migrated': {
    status: 500,
    fr: 'Le schéma du stockage n’a pas pu être mis à jour ; rien n’a changé.',
    en: 'The store’s schema could not be brought up to date; nothing was changed.',
  },
  'storage/backup-elsewhere': {
    status: 400,
    fr: 'PostgreSQL se sauvegarde avec ses propres outils : pg_dump, ou pg_basebackup et l’archivage des journaux.',
    en: 'PostgreSQL is backed up with its own tools: pg_dump, or pg_basebackup and WAL archiving.',
  },
  'storage/backup-refused': {
    status: 400,
    fr: 'La sauvegarde n’a pas été faite, ou ne peut pas être utilisée.',
    en: 'The backup could not be made, or cannot be used.',
  },
  'storage/not-empty': {
    status: 409,
    fr: 'Le stockage de destination n’est pas vide.',
    en: 'The target store is not empty.',
  },
  'storage/export-refused': {
    status: 400,
    fr: 'Le fichier d’export ne peut pas être importé.',
    en: 'The export file cannot be imported.',
  },
} satisfies Record<string, { status: number } & Text>

export type StorageProblemCode = keyof typeof storageProblems

export interface StorageProblemNotes extends Pick<ProblemOptions, 'detail' | 'cause'> {
  /** What only this occurrence knows, put behind the text of the table: a path, a process, a line. */
  readonly more?: Text
}

export function storageProblem(code: StorageProblemCode, { more, detail, cause }: StorageProblemNotes = {}): Problem {
  const { status, fr, en } = storageProblems[code]
  const text = more === undefined ? { fr, en } : { fr: `${fr} ${more.fr}`, en: `${en} ${more.en}` }
  return new Problem({ code, status, text, ...(detail === undefined ? {} : { detail }), cause })
}
