import { Problem } from '#base'

export const unknownDataset = (name: string) =>
  new Problem({
    code: 'sandbox/unknown-dataset',
    status: 500,
    text: { fr: `Jeu de données inconnu : ${name}.`, en: `Unknown dataset: ${name}.` },
  })
