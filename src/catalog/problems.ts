import { Problem, type Text } from '#base'

/** Every code of the room: its status, and what a stranger may read of it. A code is never reused. */
export const catalogProblems = {
  'catalog/unknown-platform': { status: 404, fr: 'Plateforme inconnue.', en: 'Unknown platform.' },
  'catalog/unknown-api': {
    status: 404,
    fr: "Aucune API n'est publiée sous cet identifiant.",
    en: 'No API is published under this identifier.',
  },
  'catalog/of-folder': {
    status: 409,
    fr: 'Cette API vient du dossier de la plateforme : changez-la dans ses fichiers.',
    en: "This API comes from the platform's folder: change it in its files.",
  },
  'catalog/collision': {
    status: 409,
    fr: 'Le chemin de cette API est déjà celui d’une autre : choisissez un autre code ou une autre version.',
    en: 'The path of this API is already that of another: choose another code or version.',
  },
  'catalog/published': {
    status: 409,
    fr: 'Cette version est déjà publiée : demandez à la remplacer, ou choisissez une autre version.',
    en: 'This version is published already: ask to replace it, or choose another version.',
  },
  'catalog/mistakes': {
    status: 422,
    fr: "L'API n'est pas publiée : corrigez les erreurs indiquées.",
    en: 'The API is not published: correct the mistakes named here.',
  },
} satisfies Record<string, { status: number } & Text>

/** `more`: what only this occurrence knows, put behind the text of the table. */
export function catalogProblem(
  code: keyof typeof catalogProblems,
  detail: Readonly<Record<string, unknown>> = {},
  more: Text = { fr: '', en: '' },
) {
  const { status, fr, en } = catalogProblems[code]
  return new Problem({
    code,
    status,
    text: { fr: `${fr} ${more.fr}`.trimEnd(), en: `${en} ${more.en}`.trimEnd() },
    detail,
  })
}
