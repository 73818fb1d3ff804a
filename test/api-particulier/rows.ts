import { recipient } from './caller.js'

const v3 = (path: string, query: string) => `${path}?recipient=${recipient}&${query}`
const born = (year: number, month: number, day: number) =>
  `anneeDateNaissance=${year}&moisDateNaissance=${month}&jourDateNaissance=${day}`
const bornV2 = (year: number, month: number, day: number) =>
  `anneeDateDeNaissance=${year}&moisDateDeNaissance=${month}&jourDateDeNaissance=${day}`
const angelaBare = `nomNaissance=MARTIN&prenoms[]=Angela&${born(1976, 3, 12)}&sexeEtatCivil=F&codeCogInseePaysNaissance=99100`
const angela = `nomNaissance=MARTIN&prenoms[]=Angela&${born(1976, 3, 12)}&sexeEtatCivil=F&codeCogInseePaysNaissance=99100&codeCogInseeCommuneNaissance=69383`
const angelaV2 = `nomNaissance=MARTIN&prenoms[]=Angela&${bornV2(1976, 3, 12)}&sexe=F&codePaysLieuDeNaissance=99100&codeInseeLieuDeNaissance=69383`
const camille = `nomNaissance=DUBREUIL&prenoms[]=Camille&prenoms[]=Rose&${born(2004, 3, 14)}&sexeEtatCivil=F`

export interface Row {
  readonly row: string
  readonly path: string
  /** Places that the answer must have, whatever stands there. */
  readonly fields: readonly string[]
}

const household = ['quotientFamilial', 'annee', 'mois', 'allocataires.0', 'enfants.0', 'adresse.codePostalVille']
const householdV3 = [
  'data.quotient_familial.valeur',
  'data.quotient_familial.mois',
  'data.allocataires.0.prenoms',
  'data.enfants.0.date_naissance',
  'data.adresse.code_postal_ville',
]
const scholarship = ['boursier', 'echelonBourse', 'email', 'dateDeRentree', 'dureeVersement', 'statut', 'villeEtudes']
const scholarshipV3 = [
  'data.email',
  'data.echelon_bourse.echelon',
  'data.periode_versement_bourse.date_rentree',
  'data.etablissement_etudes.nom_commune',
]
const jobSeeker = [
  'nom',
  'dateNaissance',
  'email',
  'telephone',
  'adresse.codePostal',
  'dateInscription',
  'codeCategorieInscription',
  'dateCessationInscription',
]
export const levels = ['0bis', '1', '2', '3', '4', '5', '6', '7']
/** Lou Maréchal’s, whose scholarship is Normandie’s. */
export const regionalIne = '990000004CD'
/** A job seeker of each category, 1 to 8. */
export const jobSeekers = [
  ...['angela.martin', 'karim.belkacem', 'lucie.fontaine', 'thomas.leroy'],
  ...['mei.nguyen', 'olivier.dumas', 'sophie.garnier', 'hugo.picard'],
] as const

/** The rows of the seed's tables, each way in which it may be called. */
export const rows: readonly Row[] = [
  {
    row: 'Quotient familial CAF, par numéro d’allocataire',
    path: '/api/v2/composition-familiale?numeroAllocataire=2345678&codePostal=69003',
    fields: household,
  },
  { row: 'Quotient familial, version 2', path: `/api/v2/composition-familiale-v2?${angelaV2}`, fields: household },
  { row: 'Quotient familial', path: v3('/v3/dss/quotient_familial/identite', angela), fields: householdV3 },
  {
    row: 'Quotient familial, sans le lieu de naissance',
    path: v3('/v3/dss/quotient_familial/identite', angelaBare),
    fields: householdV3,
  },
  {
    row: 'Statut étudiant, par l’état civil',
    path: '/api/v2/etudiants?nom=PICARD&prenom=Hugo&dateDeNaissance=2001-02-14',
    fields: ['ine', 'inscriptions.2.statut', 'inscriptions.0.etablissement.uai', 'inscriptions.0.codeCommune'],
  },
  ...['&lieuDeNaissance=69383', '&sexe=M', '&sexe=M&lieuDeNaissance=69383'].flatMap((more) => [
    {
      row: 'Statut étudiant, par l’état civil et ce qui est facultatif',
      path: `/api/v2/etudiants?nom=PICARD&prenom=Hugo&dateDeNaissance=2001-02-14${more}`,
      fields: ['ine', 'inscriptions.2.statut'],
    },
    {
      row: 'Étudiant boursier, par l’état civil et ce qui est facultatif',
      path: `/api/v2/etudiants-boursiers?nom=PICARD&prenoms=Hugo&dateDeNaissance=2001-02-14${more}`,
      fields: scholarship,
    },
  ]),
  {
    row: 'Statut étudiant, par l’INE',
    path: '/api/v2/etudiants?ine=990000003AB',
    fields: ['ine', 'inscriptions.2.statut'],
  },
  {
    row: 'Statut étudiant',
    path: v3('/v3/mesri/statut_etudiant/identite', camille),
    fields: [
      'data.identite.nom_naissance',
      'data.admissions.0.est_inscrit',
      'data.admissions.0.etablissement_etudes.uai',
    ],
  },
  {
    row: 'Statut étudiant, par l’INE',
    path: v3('/v3/mesri/statut_etudiant/ine', 'ine=990000001HH'),
    fields: ['data.admissions.0.regime_formation.code'],
  },
  {
    row: 'Étudiant boursier, par l’état civil',
    path: '/api/v2/etudiants-boursiers?nom=MAR%C3%89CHAL&prenoms=Lou&dateDeNaissance=2003-11-19',
    fields: scholarship,
  },
  ...levels.map((level) => ({
    row: `Étudiant boursier, échelon ${level}`,
    path: `/api/v2/etudiants-boursiers?ine=${ineOf(level)}`,
    fields: scholarship,
  })),
  ...['3', '4', '5'].flatMap((version) =>
    ['', '&sexeEtatCivil=F'].map((more) => ({
      row: `Étudiant boursier par l’état civil, version ${version}`,
      path: v3(
        `/v${version}/cnous/etudiant_boursier/identite`,
        `nomNaissance=MAR%C3%89CHAL&prenoms[]=Lou&${born(2003, 11, 19)}${more}`,
      ),
      fields: ['data.identite.nom', 'data.email'],
    })),
  ),
  ...['3', '4', '5'].map((version) => ({
    row: `Étudiant boursier, version ${version}`,
    path: v3(`/v${version}/cnous/etudiant_boursier/ine`, 'ine=990000001HH'),
    fields: [...scholarshipV3, version === '3' ? 'data.est_boursier' : 'data.statut_boursier.est_boursier'],
  })),
  { row: 'Demandeur d’emploi', path: '/api/v2/situations-pole-emploi?identifiant=angela.martin', fields: jobSeeker },
  {
    row: 'Demandeur d’emploi',
    path: v3('/v3/france_travail/statut/identifiant', 'identifiant=angela.martin'),
    fields: [
      'data.identite.nom_naissance',
      'data.contact.email',
      'data.adresse.code_postal',
      'data.inscription.date_debut',
      'data.inscription.categorie.code',
    ],
  },
  {
    row: 'Indemnités',
    path: '/api/v2/paiements-pole-emploi?identifiant=angela.martin',
    fields: ['paiements.0.montant', 'paiements.0.date'],
  },
  {
    row: 'Indemnités',
    path: v3('/v3/france_travail/indemnites/identifiant', 'identifiant=angela.martin'),
    fields: ['data.paiements.0.montant_total'],
  },
  { row: 'Statut CSS', path: `/api/v2/complementaire-sante-solidaire?${angelaV2}`, fields: ['status', 'dateDebut'] },
  {
    row: 'Statut CSS',
    path: v3('/v3/dss/complementaire_sante_solidaire/identite', angela),
    fields: ['data.est_beneficiaire', 'data.avec_participation'],
  },
  { row: 'Statut RSA', path: `/api/v2/revenu-solidarite-active?${angelaV2}`, fields: ['status', 'dateDebut'] },
  {
    row: 'Statut RSA',
    path: v3('/v3/dss/revenu_solidarite_active/identite', angela),
    fields: ['data.est_beneficiaire', 'data.avec_majoration'],
  },
  {
    row: 'Élève scolarisé',
    path: '/api/v2/scolarites?nom=BRUNET&prenom=Manon&sexe=F&dateNaissance=2012-06-04&codeEtablissement=0690026D&anneeScolaire=2026',
    fields: ['eleve.nom', 'est_scolarise', 'est_boursier', 'status_eleve.code'],
  },
  ...['3', '4', '5'].map((version) => ({
    row: `Élève scolarisé, version ${version}`,
    path: v3(
      `/v${version}/men/scolarites/identite`,
      `nomNaissance=BRUNET&prenoms[]=Manon&${born(2012, 6, 4)}&sexeEtatCivil=F&anneeScolaire=2026&codeEtablissement=0690026D`,
    ),
    fields: ['data.identite.nom', 'data.est_scolarise', 'data.statut_eleve.code'],
  })),
]

export function ineOf(level: string): string {
  return `99000001${levels.indexOf(level)}HH`
}

export interface Masked {
  readonly path: string
  readonly scopes: readonly string[]
  readonly keys: readonly string[]
}

const hugo = '/api/v2/etudiants?ine=990000003AB'

/** What one scope, or two, leave of an answer. */
export const masked: readonly Masked[] = [
  {
    path: v3('/v3/dss/quotient_familial/identite', angela),
    scopes: ['cnaf_enfants'],
    keys: ['nom_naissance', 'nom_usage', 'prenoms', 'date_naissance', 'sexe'].map((key) => `enfants.${key}`),
  },
  {
    path: hugo,
    scopes: ['mesri_inscription_etudiant'],
    keys: ['statut', 'regime', 'dateDebutInscription', 'dateFinInscription'].map((key) => `inscriptions.${key}`),
  },
  {
    path: hugo,
    scopes: ['mesri_admission'],
    keys: ['statut', 'regime', 'dateDebutAdmission', 'dateFinAdmission'].map((key) => `inscriptions.${key}`),
  },
  { path: hugo, scopes: ['mesri_identifiant'], keys: ['ine'] },
  {
    path: '/api/v2/situations-pole-emploi?identifiant=angela.martin',
    scopes: ['pole_emploi_contact'],
    keys: ['email', 'telephone', 'telephone2'],
  },
  {
    path: v3('/v5/cnous/etudiant_boursier/ine', 'ine=990000001HH'),
    scopes: ['cnous_echelon_bourse'],
    keys: ['echelon_bourse.echelon', 'echelon_bourse.echelon_bourse_regionale_provisoire'],
  },
]
