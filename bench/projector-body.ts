/** A family as a provider tells it, about 1 kB, and the contract that shapes it. */
const person = (first: string) => ({
  nom_naissance: 'EXEMPLE',
  nom_usage: null,
  prenoms: first,
  date_naissance: '1987-06-27',
  sexe: 'F',
})

export const projectorBody = JSON.stringify({
  data: {
    quotient_familial: { fournisseur: 'CNAF', valeur: 650, annee: 2026, mois: 5, annee_calcul: 2024, mois_calcul: 12 },
    allocataires: [person('ADA MARIE'), person('ALAN')],
    enfants: [person('GRACE'), person('LINUS'), person('KATHERINE'), person('EDSGER')],
    adresse: {
      destinataire: 'Madame EXEMPLE ADA',
      complement_information: null,
      numero_libelle_voie: '1 RUE DE L EXEMPLE',
      code_postal_ville: '75002 PARIS',
      pays: 'FRANCE',
    },
  },
  links: {},
  meta: {},
})

const text = { type: ['string', 'null'] }
const people = {
  type: 'array',
  items: { type: 'object', properties: Object.fromEntries(Object.keys(person('')).map((name) => [name, text])) },
}
const fields = (names: readonly string[], type: object) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, type])),
})

/** The schema of that answer; without masks no scope shapes it. */
export function projectorSchema(masked: boolean): Record<string, unknown> {
  const under = (scope: string, schema: object) => (masked ? { ...schema, 'x-scope': scope } : schema)
  const quotient = fields(['valeur', 'annee', 'mois', 'annee_calcul', 'mois_calcul'], { type: 'integer' })
  const properties = { ...quotient.properties, fournisseur: text }
  const address = ['destinataire', 'complement_information', 'numero_libelle_voie', 'code_postal_ville', 'pays']
  const data = {
    quotient_familial: under('quotient', { type: 'object', properties }),
    allocataires: under('allocataires', people),
    enfants: under('enfants', people),
    adresse: under('adresse', fields(address, text)),
  }
  const envelope = { data: { type: 'object', properties: data }, links: { type: 'object' }, meta: { type: 'object' } }
  return { type: 'object', required: ['data'], properties: envelope }
}

/** Three of the four masks are open: most of the body is walked and written again. */
export const projectorScopes = ['quotient', 'allocataires', 'enfants']
