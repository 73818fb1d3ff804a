import { Problem, type Text } from '#base'

/** Every code of the room: its status, and what a stranger may read of it. A code is never reused. */
export const catalogProblems = {
  'catalog/unknown-platform': { status: 404, fr: 'Plateforme inconnue.', en: 'Unknown platform.' },
  'catalog/unknown-api': {
    status: 404,
    fr: 'Aucune API n’est publiée sous cet identifiant.',
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
    fr: 'Cette version est déjà publiée : remplacez-la (« publish --replace »), ou choisissez une autre version (« --api-version »).',
    en: 'This version is published already: replace it (`publish --replace`), or choose another version (`--api-version`).',
  },
  'catalog/mistakes': {
    status: 422,
    fr: 'L’API n’est pas publiée : corrigez les erreurs indiquées.',
    en: 'The API is not published: correct the mistakes named here.',
  },
  'catalog/unknown-case': {
    status: 404,
    fr: 'Aucun cas du bac à sable ne porte cet identifiant : voyez « portique sandbox case list ».',
    en: 'No sandbox case has this identifier: see `portique sandbox case list`.',
  },
  'catalog/unknown-revision': {
    status: 404,
    fr: 'Cette révision du cas n’est pas gardée : voyez « portique sandbox case history ».',
    en: 'This revision of the case is not kept: see `portique sandbox case history`.',
  },
  'catalog/case-changed': {
    status: 409,
    fr: 'Quelqu’un d’autre a changé ce cas depuis : relisez-le, puis refaites votre changement.',
    en: 'Somebody else has changed this case since: read it again, then make your change anew.',
  },
  'catalog/case-exists': {
    status: 409,
    fr: 'Un cas de ce nom existe déjà pour cette opération : modifiez-le, ou donnez un autre nom.',
    en: 'A case of this name exists already for this operation: edit it, or give another name.',
  },
  'catalog/case-twin': {
    status: 409,
    fr: 'Un autre cas répond déjà à ces paramètres : modifiez-le, ou changez les paramètres.',
    en: 'Another case answers these parameters already: edit it, or change the parameters.',
  },
  'catalog/import-overtaken': {
    status: 409,
    fr: 'D’autres personnes changeaient les mêmes cas pendant l’import : rien n’en est gardé. Importez de nouveau.',
    en: 'Other people were changing the same cases during the import: nothing of it is kept. Import again.',
  },
  'catalog/case-moved': {
    status: 409,
    fr: 'Un cas ne change pas d’opération : retirez-le, puis ajoutez-en un autre.',
    en: 'A case does not change its operation: remove it, then add another.',
  },
  'catalog/unknown-operation': {
    status: 409,
    fr: 'Le contrat n’a plus l’opération de ce cas, qui n’y répondrait jamais : publiez-la de nouveau, ou ajoutez le cas à une autre.',
    en: 'The contract no longer has the operation of this case, which would never answer: publish it again, or add the case to another.',
  },
  'catalog/too-many-cases': {
    status: 409,
    fr: 'La plateforme garde déjà autant de cas qu’elle peut : retirez-en d’abord.',
    en: 'The platform keeps as many cases as it may already: remove some first.',
  },
  'catalog/foreign-application': {
    status: 403,
    fr: 'Cette application est d’une autre plateforme : ses cas n’y répondraient jamais.',
    en: 'This application is of another platform: its cases would never answer there.',
  },
  'catalog/case-mistakes': {
    status: 422,
    fr: 'Le cas n’est pas gardé : corrigez les erreurs indiquées.',
    en: 'The case is not kept: correct the mistakes named here.',
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
