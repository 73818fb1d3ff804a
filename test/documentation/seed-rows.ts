interface Words {
  readonly fr: readonly string[]
  readonly en: readonly string[]
}

/** A row of the seed's tables: what must be read of it, in the table, in the notes, and in the contracts of its APIs. */
export interface SeedRow {
  readonly name: string
  readonly apis: readonly string[]
  readonly table: Words
  readonly notes: Words
  readonly contract: Words
}

const student = {
  fr: ['Deux modes d’appel', 'sphère éducative', '990000001HH', 'lieu de naissance est facultatif'],
  en: ['Two ways of calling', 'education bodies only', '990000001HH', 'place of birth is optional'],
}

export const seedRows: readonly SeedRow[] = [
  {
    name: 'Quotient familial CAF',
    apis: ['dss-quotient-familial/3', 'composition-familiale-v2/2', 'composition-familiale/2'],
    table: {
      fr: ['Quotient familial CAF', 'CNAF', 'composition familiale', 'Disponible'],
      en: ['CAF family quotient', 'CNAF', 'household', 'Available'],
    },
    notes: {
      fr: [
        'M-1',
        'aucun quotient n’a été calculé',
        'douzième du revenu imposable',
        'N-2',
        'DGFIP',
        'jeune enfant',
        'numéro d’allocataire',
        '84250',
      ],
      en: [
        'M-1',
        'no quotient was worked out',
        'twelfth of the taxable income',
        'N-2',
        'DGFIP',
        'small children',
        'number of the beneficiary',
        '84250',
      ],
    },
    contract: {
      fr: [
        'numeroAllocataire',
        'codePostal',
        'cnaf_quotient_familial',
        'cnaf_allocataires',
        'cnaf_enfants',
        'cnaf_adresse',
      ],
      en: [
        'numeroAllocataire',
        'codePostal',
        'cnaf_quotient_familial',
        'cnaf_allocataires',
        'cnaf_enfants',
        'cnaf_adresse',
      ],
    },
  },
  {
    name: 'Statut étudiant',
    apis: ['mesri-statut-etudiant/3', 'etudiants/2'],
    table: {
      fr: ['Statut étudiant', 'MESR', 'Statut, établissement'],
      en: ['Student status', 'MESR', 'Status, school'],
    },
    notes: {
      fr: [
        ...student.fr,
        'mesri_etablissements',
        'mesri_admission',
        'formation initiale',
        'formation continue',
        'sous tutelle du ministère',
      ],
      en: [
        ...student.en,
        'mesri_etablissements',
        'mesri_admission',
        'initial training',
        'continuing training',
        'under the ministry',
      ],
    },
    contract: {
      fr: ['Date de naissance', 'dateDebutInscription', 'codeCommune', 'etablissement', 'mesri_identifiant'],
      en: ['Date of birth', 'dateDebutInscription', 'codeCommune', 'etablissement', 'mesri_identifiant'],
    },
  },
  {
    name: 'Statut étudiant boursier',
    apis: [
      'cnous-etudiant-boursier/5',
      'cnous-etudiant-boursier/4',
      'cnous-etudiant-boursier/3',
      'etudiants-boursiers/2',
    ],
    table: {
      fr: ['Statut étudiant boursier', 'Cnous', 'niveau de bourse'],
      en: ['Scholarship status', 'Cnous', 'level of scholarship'],
    },
    notes: {
      fr: [
        ...student.fr,
        'Boursiers d’État',
        'Normandie',
        'Campus France',
        'sanitaires et sociales',
        '0bis',
        'provisoire',
      ].map((words) => words.replace('Boursiers d’État', 'boursiers d’État')),
      en: [
        ...student.en,
        'State scholarships',
        'Normandie',
        'Campus France',
        'health and social',
        '0bis',
        'provisional',
      ],
    },
    contract: {
      fr: [
        'cnous_statut_boursier',
        'cnous_echelon_bourse',
        'cnous_email',
        'cnous_periode_versement',
        'cnous_ville_etudes',
        'cnous_statut_bourse',
      ],
      en: [
        'cnous_statut_boursier',
        'cnous_echelon_bourse',
        'cnous_email',
        'cnous_periode_versement',
        'cnous_ville_etudes',
        'cnous_statut_bourse',
      ],
    },
  },
  {
    name: 'Statut demandeur d’emploi',
    apis: ['france-travail-statut/3', 'situations-pole-emploi/2'],
    table: {
      fr: ['Statut demandeur d’emploi', 'Pôle emploi', 'Statut et catégorie'],
      en: ['Job seeker status', 'Pôle emploi', 'Status and category'],
    },
    notes: {
      fr: [
        'depuis 2010',
        'En production, une personne dont l’inscription a pris fin avant 2010',
        'un cas que vous ajoutez répond comme il est écrit',
        'cessation',
        'huit catégories',
        'à durée déterminée, temporaire ou saisonnier',
        'R. 5411-9',
        'déclarée en s’inscrivant',
      ],
      en: [
        'since 2010',
        'In production a person whose registration ended before 2010',
        'a case that you add answers as it is written',
        'that of its end',
        'eight categories',
        'fixed term, temporary or seasonal',
        'R. 5411-9',
        'gave at registration',
      ],
    },
    contract: {
      fr: [
        'identifiant',
        'pole_emploi_identite',
        'pole_emploi_contact',
        'pole_emploi_adresse',
        'pole_emploi_inscription',
      ],
      en: [
        'identifiant',
        'pole_emploi_identite',
        'pole_emploi_contact',
        'pole_emploi_adresse',
        'pole_emploi_inscription',
      ],
    },
  },
  {
    name: 'Indemnités demandeur d’emploi',
    apis: ['france-travail-indemnites/3', 'paiements-pole-emploi/2'],
    table: { fr: ['Indemnités demandeur d’emploi', 'Disponible'], en: ['Job seeker benefits', 'Available'] },
    notes: { fr: ['allocations, des aides'], en: ['allowances, aids'] },
    contract: { fr: ['pole_emploi_paiements', 'montant_total'], en: ['pole_emploi_paiements', 'montant_total'] },
  },
  {
    name: 'Statut CSS',
    apis: ['dss-complementaire-sante-solidaire/3', 'complementaire-sante-solidaire/2'],
    table: { fr: ['Statut CSS', 'Disponible'], en: ['(CSS) status', 'Available'] },
    notes: { fr: ['participation financière'], en: ['a share that the person pays'] },
    contract: { fr: ['complementaire_sante_solidaire'], en: ['complementaire_sante_solidaire'] },
  },
  {
    name: 'Statut RSA',
    apis: ['dss-revenu-solidarite-active/3', 'revenu-solidarite-active/2'],
    table: { fr: ['Statut RSA', 'Disponible'], en: ['RSA (minimum income) status', 'Available'] },
    notes: { fr: ['majoration'], en: ['increase'] },
    contract: { fr: ['revenu_solidarite_active_majoration'], en: ['revenu_solidarite_active_majoration'] },
  },
  {
    name: 'Statut élève scolarisé',
    apis: ['men-scolarites/5', 'men-scolarites/4', 'men-scolarites/3', 'scolarites/2'],
    table: { fr: ['Statut élève scolarisé', 'Disponible'], en: ['Pupil status', 'Available'] },
    notes: { fr: ['l’année scolaire'], en: ['the school year'] },
    contract: {
      fr: ['men_statut_scolarite', 'men_statut_etablissement'],
      en: ['men_statut_scolarite', 'men_statut_etablissement'],
    },
  },
]

const yes = { fr: 'Oui, depuis la version 3', en: 'Yes, since version 3' }

/** The seed's table of APIs that answer in a person's name: each row as the page reads, its two cells after one another. */
export const personRows: Words = {
  fr: [
    `Quotient familial CAF ${yes.fr}`,
    `Statut étudiant ${yes.fr}`,
    `Statut étudiant boursier ${yes.fr}`,
    `Statut CSS ${yes.fr}`,
    `Statut RSA ${yes.fr}`,
    'Statut demandeur d’emploi Non : par l’identifiant de la personne',
  ],
  en: [
    `CAF family quotient ${yes.en}`,
    `Student status ${yes.en}`,
    `Scholarship status of students ${yes.en}`,
    `Status of complementary health cover (CSS) ${yes.en}`,
    `RSA (minimum income) status ${yes.en}`,
    'Job seeker status No: by the person’s own identifier',
  ],
}

/** What the seed says of the whole platform. */
export const platformNotes: Words = {
  fr: [
    'Le revenu fiscal de référence, les déclarants et le nombre de parts se demandent à l’API Impôt particulier de la DGFIP',
    'Les administrations habilitées, pour les seules données qu’une démarche demande, avec l’accord explicite de la personne (article L. 114-8',
    'Leur demande d’habilitation montre ce que la démarche y gagne en simplicité',
    'Les particuliers et les entreprises ne peuvent pas y accéder',
    'Un éditeur de logiciels agit pour l’administration, qui demande elle-même l’habilitation',
    'Le bac à sable est ouvert à tous, sans habilitation : un bouton de cette page donne un jeton aussitôt',
  ],
  en: [
    'The reference tax income, the declarants and the number of shares are asked of the API Impôt particulier of the DGFIP',
    'Administrations that are entitled to, for no more data than one procedure needs, with the person’s explicit agreement (article L. 114-8',
    'Their request for a habilitation shows how the procedure gets simpler',
    'Private persons and companies have no access',
    'A software vendor acts for the administration, which asks for the habilitation itself',
    'The sandbox is open to anyone, without habilitation: a button of this page gives a token at once',
  ],
}
