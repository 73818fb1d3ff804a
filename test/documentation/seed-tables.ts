import type { Language } from '#base'

/** Whether a call must have it; `way`: one of the ways of calling needs it. */
export type Presence = 'needed' | 'optional' | 'way'

/** A table of the seed, as rows that a page must have: parameters by their presence, data by their fields and the scopes that open them. */
export interface SeedTable {
  readonly api: string
  readonly parameters: Readonly<Record<string, Presence>>
  readonly data: readonly SeedData[]
}

export interface SeedData {
  readonly row: string
  readonly fields: readonly string[]
  /** Each of them stands in the cell of the scope. */
  readonly scopes: readonly string[]
}

const bornV3 = { anneeDateNaissance: 'needed', moisDateNaissance: 'needed', jourDateNaissance: 'needed' } as const
const identityV3 = {
  nomNaissance: 'needed',
  'prenoms[]': 'needed',
  ...bornV3,
  codeCogInseeCommuneNaissance: 'optional',
} as const
const enrolment = ['mesri_inscription_etudiant', 'mesri_inscription_autre', 'mesri_admission']

export const seedTables: readonly SeedTable[] = [
  {
    api: 'composition-familiale/2',
    parameters: { numeroAllocataire: 'needed', codePostal: 'needed' },
    data: [
      {
        row: 'the quotient, and its month',
        fields: ['quotientFamilial', 'annee', 'mois'],
        scopes: ['cnaf_quotient_familial'],
      },
      {
        row: 'the parents: names, date of birth',
        fields: ['allocataires[].nomPrenom', 'allocataires[].dateDeNaissance'],
        scopes: ['cnaf_allocataires'],
      },
      {
        row: 'the children: names, date of birth',
        fields: ['enfants[].nomPrenom', 'enfants[].dateDeNaissance'],
        scopes: ['cnaf_enfants'],
      },
      {
        row: 'the address, line by line',
        fields: ['adresse.numeroRue', 'adresse.codePostalVille', 'adresse.pays'],
        scopes: ['cnaf_adresse'],
      },
    ],
  },
  {
    api: 'dss-quotient-familial/3',
    parameters: {
      recipient: 'needed',
      nomNaissance: 'needed',
      'prenoms[]': 'needed',
      annee: 'optional',
      mois: 'optional',
    },
    data: [
      {
        row: 'the quotient, and its month',
        fields: ['data.quotient_familial.valeur', 'data.quotient_familial.annee', 'data.quotient_familial.mois'],
        scopes: ['cnaf_quotient_familial'],
      },
      {
        row: 'the parents',
        fields: ['nom_naissance', 'prenoms', 'date_naissance'].map((field) => `data.allocataires[].${field}`),
        scopes: ['cnaf_allocataires'],
      },
      {
        row: 'the children',
        fields: ['nom_naissance', 'prenoms', 'date_naissance'].map((field) => `data.enfants[].${field}`),
        scopes: ['cnaf_enfants'],
      },
      {
        row: 'the address',
        fields: ['data.adresse.numero_libelle_voie', 'data.adresse.code_postal_ville'],
        scopes: ['cnaf_adresse'],
      },
    ],
  },
  {
    api: 'etudiants/2',
    parameters: { ine: 'way', nom: 'way', prenom: 'way', dateDeNaissance: 'way', lieuDeNaissance: 'optional' },
    data: [
      { row: 'the student’s number', fields: ['ine'], scopes: ['mesri_identifiant'] },
      {
        row: 'enrolments of initial and continuing training, admissions: first and last day',
        fields: ['DebutInscription', 'FinInscription', 'DebutAdmission'].map((day) => `inscriptions[].date${day}`),
        scopes: enrolment,
      },
      {
        row: 'the commune of study',
        fields: ['inscriptions[].codeCommune'],
        scopes: [...enrolment, 'mesri_etablissements'],
      },
      {
        row: 'the school: name and code',
        fields: ['inscriptions[].etablissement.nom', 'inscriptions[].etablissement.uai'],
        scopes: ['mesri_etablissements'],
      },
    ],
  },
  {
    api: 'mesri-statut-etudiant/3',
    parameters: { ...identityV3, ine: 'needed' },
    data: [
      {
        row: 'the dates',
        fields: ['data.admissions[].date_debut', 'data.admissions[].date_fin'],
        scopes: ['mesri_admissions'],
      },
      { row: 'enrolled or admitted', fields: ['data.admissions[].est_inscrit'], scopes: ['mesri_admission_inscrit'] },
      {
        row: 'initial or continuing training',
        fields: ['data.admissions[].regime_formation.libelle'],
        scopes: ['mesri_admission_regime_formation'],
      },
      {
        row: 'the commune of study',
        fields: ['data.admissions[].code_cog_insee_commune'],
        scopes: ['mesri_admission_commune_etudes'],
      },
      {
        row: 'the school',
        fields: ['data.admissions[].etablissement_etudes.nom', 'data.admissions[].etablissement_etudes.uai'],
        scopes: ['mesri_admission_etablissement_etudes'],
      },
    ],
  },
  {
    api: 'etudiants-boursiers/2',
    parameters: { ine: 'way', nom: 'way', prenoms: 'way', dateDeNaissance: 'way', lieuDeNaissance: 'optional' },
    data: [
      { row: 'the status', fields: ['boursier'], scopes: ['cnous_statut_boursier'] },
      { row: 'the level', fields: ['echelonBourse'], scopes: ['cnous_echelon_bourse'] },
      { row: 'the e-mail address', fields: ['email'], scopes: ['cnous_email'] },
      { row: 'the period', fields: ['dateDeRentree', 'dureeVersement'], scopes: ['cnous_periode_versement'] },
      { row: 'final or provisional', fields: ['statut', 'statutLibelle'], scopes: ['cnous_statut_bourse'] },
      { row: 'the town of study', fields: ['villeEtudes'], scopes: ['cnous_ville_etudes'] },
    ],
  },
  {
    api: 'cnous-etudiant-boursier/5',
    parameters: { ...identityV3, ine: 'needed' },
    data: [
      { row: 'the status', fields: ['data.statut_boursier.est_boursier'], scopes: ['cnous_statut_boursier'] },
      { row: 'the level', fields: ['data.echelon_bourse.echelon'], scopes: ['cnous_echelon_bourse'] },
      {
        row: 'a regional scholarship, provisional',
        fields: ['data.echelon_bourse.echelon_bourse_regionale_provisoire'],
        scopes: ['cnous_echelon_bourse'],
      },
      { row: 'the e-mail address', fields: ['data.email'], scopes: ['cnous_email'] },
      {
        row: 'the period',
        fields: ['data.periode_versement_bourse.date_rentree', 'data.periode_versement_bourse.duree'],
        scopes: ['cnous_periode_versement'],
      },
      { row: 'the town of study', fields: ['data.etablissement_etudes.nom_commune'], scopes: ['cnous_ville_etudes'] },
    ],
  },
  ...(['france-travail-statut/3', 'situations-pole-emploi/2'] as const).map((api): SeedTable => {
    const v3 = api.endsWith('/3')
    return {
      api,
      parameters: { identifiant: 'needed' },
      data: [
        {
          row: 'the identity',
          fields: v3
            ? ['nom_naissance', 'prenom', 'civilite', 'date_naissance'].map((field) => `data.identite.${field}`)
            : ['nom', 'prenom', 'civilite', 'dateNaissance'],
          scopes: ['pole_emploi_identite'],
        },
        {
          row: 'e-mail address and telephone',
          fields: v3 ? ['data.contact.email', 'data.contact.telephone'] : ['email', 'telephone'],
          scopes: ['pole_emploi_contact'],
        },
        {
          row: 'the address',
          fields: v3
            ? ['data.adresse.code_postal', 'data.adresse.ligne_voie']
            : ['adresse.codePostal', 'adresse.ligneVoie'],
          scopes: ['pole_emploi_adresse'],
        },
        {
          row: 'registration, its end, category',
          fields: v3
            ? ['data.inscription.date_debut', 'data.inscription.date_fin', 'data.inscription.categorie.code']
            : ['dateInscription', 'dateCessationInscription', 'codeCategorieInscription'],
          scopes: ['pole_emploi_inscription'],
        },
      ],
    }
  }),
]

/** The eight categories of job seekers: what each must say, beside its number. */
export const categories: Readonly<Record<Language, readonly (readonly RegExp[])[]>> = {
  fr: [
    [/sans emploi/i, /immédiatement disponible/, /temps plein/],
    [/sans emploi/i, /immédiatement disponible/, /temps partiel/],
    [/sans emploi/i, /immédiatement disponible/, /durée déterminée, temporaire ou saisonnier/],
    [/sans emploi/i, /pas immédiatement disponible/],
    [/en emploi/i, /d’un autre/],
    [/pas immédiatement disponible/i, /autre emploi/, /temps plein/],
    [/pas immédiatement disponible/i, /autre emploi/, /temps partiel/],
    [/pas immédiatement disponible/i, /autre emploi/, /durée déterminée, temporaire ou saisonnier/],
  ],
  en: [
    [/out of work/i, /available at once/, /full time/],
    [/out of work/i, /available at once/, /part time/],
    [/out of work/i, /available at once/, /fixed term, temporary or seasonal/],
    [/out of work/i, /not available at once/],
    [/in work/i, /other work/],
    [/not available at once/i, /other work/, /full time/],
    [/not available at once/i, /other work/, /part time/],
    [/not available at once/i, /other work/, /fixed term, temporary or seasonal/],
  ],
}
