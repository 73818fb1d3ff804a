/** One call of an adapted API, what its provider must be asked, what it says, and what the caller is told then. */
export interface AdaptedExchange {
  readonly api: string
  readonly target: string
  /** Request line of the provider, without its address. */
  readonly asked: string
  readonly sent?: unknown
  readonly said: unknown
  readonly told: unknown
  /** In the name of this person. */
  readonly person?: Readonly<Record<string, string>>
}

const recipient = 'recipient=13002526500013'
const born = 'anneeDateNaissance=1985&moisDateNaissance=4&jourDateNaissance=9'
const pupil = `${recipient}&nomNaissance=Roussel&prenoms[]=Nadia&${born}&sexeEtatCivil=F&anneeScolaire=2026`
const student = `${recipient}&nomNaissance=Roussel&prenoms[]=Nadia&prenoms[]=Ève&${born}&sexeEtatCivil=F`
const assured = `${student}&codeCogInseePaysNaissance=99100&codeCogInseeCommuneNaissance=75101`
const assuredV2 = `${recipient}&nomNaissance=Roussel&prenoms[]=Nadia&anneeDateDeNaissance=1985&sexe=F&codePaysLieuDeNaissance=99243`
const whoever = {
  ...{ family_name: 'Roussel', given_name: 'Nadia Ève', birthdate: '1985-04-09', gender: 'female' },
  ...{ birthcountry: '99100', birthplace: '75101' },
}

const payments = {
  login: 'nadia.roussel',
  versements: [
    { date: '02/10/2026', montant: '1184,40', detail: { allocations: '1084,40', aides: '100' } },
    { date: '02/09/2026', montant: '0' },
  ],
}
const right = (changes: object) => ({ retour: { code: '00' }, droit: { ouvert: 'O', debut: '20250601', ...changes } })
const scholar = {
  ine: '990000001HH',
  etudiant: {
    ...{ nom: 'ROUSSEL', prenoms: 'Nadia,Ève', prenom1: 'Nadia', prenom2: 'Ève', naissance: '19850409' },
    ...{ commune: 'PARIS', civilite: 'MME' },
  },
  courriel: 'n@exemple.fr',
  bourse: {
    ...{ attribuee: 'O', radiee: 'N', echelon: '0B', conditionnelle: 'N' },
    statut: { code: '0', libelle: 'définitif' },
  },
  versement: { rentree: '01/09/2026', mois: '10' },
  etudes: { ville: 'LYON', etablissement: 'UNIVERSITE' },
  // What the contract does not name never leaves.
  nir: '2850475001001',
}
const scholarship = {
  email: 'n@exemple.fr',
  echelon_bourse: { echelon: '0bis', echelon_bourse_regionale_provisoire: false },
  periode_versement_bourse: { date_rentree: '2026-09-01', duree: 10 },
  etablissement_etudes: { nom_commune: 'LYON', nom_etablissement: 'UNIVERSITE' },
}
const scholarIdentity = {
  ...{ nom: 'ROUSSEL', prenoms: ['Nadia', 'Ève'], date_naissance: '1985-04-09' },
  ...{ nom_commune_naissance: 'PARIS', sexe: 'F' },
}
const granted = { est_boursier: true, est_radie: false, date_radiation: null }
const schooling = {
  eleve: { nomFamille: 'ROUSSEL', prenom: 'Nadia', sexe: '2', naissance: '1985-04-09T00:00:00+01:00' },
  scolarite: {
    ...{ annee: 2026, anneeScolaire: '2026-2027', inscrit: 'OUI', statut: { code: 'ST', libelle: 'Scolaire' } },
    etablissement: { uai: '0690026D', tutelle: '06' },
    mef: { code: '10010012110', libelle: '2NDE' },
    regime: { code: 'DP', libelle: 'Demi-pensionnaire' },
  },
  bourse: { attribuee: 'OUI', echelon: '4' },
}
const schooled = {
  identite: { nom: 'ROUSSEL', prenom: 'Nadia', sexe: 'F', date_naissance: '1985-04-09' },
  ...{ annee_scolaire: '2026', est_scolarise: true, statut_eleve: { code: 'ST', libelle: 'Scolaire' } },
  etablissement: { code_uai: '0690026D', code_ministere_tutelle: '06' },
  module_elementaire_formation: { code_mef_stat: '10010012110', libelle: '2NDE' },
  ...{ est_boursier: true, echelon_bourse: 4 },
}
const household = {
  codeRetour: '0',
  dossier: {
    organisme: 'C',
    qf: { montant: '872', annee: '2026', mois: '10' },
    membres: [
      {
        ...{ role: 'ALL', nom: 'ROUSSEL', nomUsage: '', prenoms: ['NADIA'], nomPrenom: 'ROUSSEL NADIA' },
        ...{ naissance: { annee: '1985' }, sexe: '2' },
      },
    ],
    adresse: { l1: 'Madame ROUSSEL', l2: null, l6: '75001 PARIS', l7: 'FRANCE' },
  },
}
const whole = (data: unknown) => ({ data, links: {}, meta: {} })
const assureOf = (prenoms: readonly string[], naissance: object) => ({
  assure: { nom: 'ROUSSEL', prenoms, sexe: '2', naissance },
})
const inParts = { annee: 1985, mois: 4, jour: 9, pays: '99100', commune: '75101' }

/** Of every adapted version but those whose provider has a test of its own. */
export const adaptedExchanges: readonly AdaptedExchange[] = [
  {
    api: 'france-travail-indemnites/3',
    target: `/v3/france_travail/indemnites/identifiant?${recipient}&identifiant=Nadia.Roussel`,
    asked: 'POST /individus/versements',
    sent: 'login=nadia.roussel',
    said: payments,
    told: whole({
      identifiant: 'nadia.roussel',
      paiements: [
        {
          ...{ date_versement: '2026-10-02', montant_total: 1184.4, montant_allocations: 1084.4 },
          ...{ montant_aides: 100, montant_autres: 0 },
        },
        {
          ...{ date_versement: '2026-09-02', montant_total: 0, montant_allocations: 0 },
          ...{ montant_aides: 0, montant_autres: 0 },
        },
      ],
    }),
  },
  {
    api: 'dss-complementaire-sante-solidaire/3',
    target: `/v3/dss/complementaire_sante_solidaire/identite?${assured}`,
    asked: 'POST /droits/c2s',
    sent: assureOf(['NADIA', 'ÈVE'], inParts),
    said: right({ participation: 'N' }),
    told: whole({ est_beneficiaire: true, date_debut_droit: '2025-06-01', avec_participation: false }),
  },
  {
    api: 'dss-complementaire-sante-solidaire/3',
    target: `/v3/dss/complementaire_sante_solidaire/france_connect?${recipient}`,
    asked: 'POST /droits/c2s',
    sent: assureOf(['NADIA', 'ÈVE'], inParts),
    said: { retour: { code: '00' }, droit: { ouvert: 'N' } },
    told: whole({ est_beneficiaire: false, date_debut_droit: null, avec_participation: null }),
    person: whoever,
  },
  {
    api: 'dss-revenu-solidarite-active/3',
    target: `/v3/dss/revenu_solidarite_active/identite?${assured}`,
    asked: 'POST /droits/rsa',
    sent: assureOf(['NADIA', 'ÈVE'], inParts),
    said: right({ majoration: 'O' }),
    told: whole({ est_beneficiaire: true, date_debut_droit: '2025-06-01', avec_majoration: true }),
  },
  {
    api: 'dss-revenu-solidarite-active/3',
    target: `/v3/dss/revenu_solidarite_active/france_connect?${recipient}`,
    asked: 'POST /droits/rsa',
    sent: assureOf(['NADIA', 'ÈVE'], inParts),
    said: right({ majoration: 'N' }),
    told: whole({ est_beneficiaire: true, date_debut_droit: '2025-06-01', avec_majoration: false }),
    person: whoever,
  },
  {
    api: 'cnous-etudiant-boursier/3',
    target: `/v3/cnous/etudiant_boursier/identite?${student}`,
    asked: 'GET /boursiers?nom=ROUSSEL&prenoms=NADIA%2CEVE&naissance=19850409&civilite=MME',
    said: scholar,
    told: whole({ identite: scholarIdentity, est_boursier: true, ...scholarship }),
  },
  {
    api: 'cnous-etudiant-boursier/4',
    target: `/v4/cnous/etudiant_boursier/ine?${recipient}&ine=990000001HH&campaignYear=2024`,
    asked: 'GET /boursiers/990000001HH?campagne=2024',
    said: { ...scholar, bourse: { attribuee: 'N', radiee: 'O', radiation: '15/02/2026', echelon: '07' } },
    told: whole({
      ...{ identite: scholarIdentity, ...scholarship },
      statut_boursier: { est_boursier: false, est_radie: true, date_radiation: '2026-02-15' },
      echelon_bourse: { echelon: '7', echelon_bourse_regionale_provisoire: null },
    }),
  },
  {
    api: 'cnous-etudiant-boursier/5',
    target: `/v5/cnous/etudiant_boursier/ine?${recipient}&ine=990000001HH`,
    asked: 'GET /boursiers/990000001HH',
    said: { ...scholar, bourse: { ...scholar.bourse, echelon: '08' } },
    told: whole({
      ...{ ine: '990000001HH', identite: scholarIdentity, statut_boursier: granted, ...scholarship },
      echelon_bourse: { echelon: '8', echelon_bourse_regionale_provisoire: false },
    }),
  },
  {
    api: 'cnous-etudiant-boursier/5',
    target: `/v5/cnous/etudiant_boursier/france_connect?${recipient}`,
    asked: 'GET /boursiers?nom=ROUSSEL&prenoms=NADIA%2CEVE&naissance=19850409&civilite=MME',
    said: { ...scholar, bourse: { attribuee: 'O', radiee: 'N', conditionnelle: 'O' } },
    told: whole({
      ...{ ine: '990000001HH', statut_boursier: granted, ...scholarship },
      echelon_bourse: { echelon: null, echelon_bourse_regionale_provisoire: true },
    }),
    person: whoever,
  },
  {
    api: 'men-scolarites/3',
    target: `/v3/men/scolarites/identite?${pupil}&codeEtablissement=0690026d`,
    asked: 'GET /eleves?nomFamille=ROUSSEL&prenom=NADIA&naissance=1985-04-09&sexe=2&annee=2026&uai=0690026D',
    said: schooling,
    told: whole(schooled),
  },
  {
    api: 'men-scolarites/4',
    target: `/v4/men/scolarites/identite?${pupil}&degreEtablissement=2D&codesBcnDepartements[]=069&codesBcnDepartements[]=001`,
    asked:
      'GET /eleves?nomFamille=ROUSSEL&prenom=NADIA&naissance=1985-04-09&sexe=2&annee=2026&degre=SECOND&departements=069%2C001',
    said: { ...schooling, bourse: { attribuee: 'NON' } },
    told: whole({ ...schooled, est_boursier: false, echelon_bourse: null }),
  },
  {
    api: 'men-scolarites/5',
    target: `/v5/men/scolarites/identite?${pupil}&degreEtablissement=1D&codesBcnRegions[]=84`,
    asked:
      'GET /eleves?nomFamille=ROUSSEL&prenom=NADIA&naissance=1985-04-09&sexe=2&annee=2026&degre=PREMIER&regions=84',
    said: schooling,
    told: whole({ ...schooled, regime_pensionnat: { code: 'DP', libelle: 'Demi-pensionnaire' } }),
  },
  {
    api: 'paiements-pole-emploi/2',
    target: '/api/v2/paiements-pole-emploi?identifiant=Nadia.Roussel',
    asked: 'POST /individus/versements',
    sent: 'login=nadia.roussel',
    said: payments,
    told: {
      identifiant: 'nadia.roussel',
      paiements: [
        { date: '2026-10-02', montant: 1184.4, allocations: 1084.4, aides: 100, autres: 0 },
        { date: '2026-09-02', montant: 0, allocations: 0, aides: 0, autres: 0 },
      ],
    },
  },
  {
    api: 'situations-pole-emploi/2',
    target: '/api/v2/situations-pole-emploi?identifiant=nadia.roussel',
    asked: 'POST /individus/statut',
    sent: 'login=nadia.roussel',
    said: {
      login: 'nadia.roussel',
      etatCivil: { nom: 'ROUSSEL', prenom: 'Nadia', sexe: '2', naissance: '1985-04-09T00:00:00+01:00' },
      inscription: { categorie: { code: '1', libelle: 'Sans emploi' }, dateDebut: '2024-07-02T00:00:00+01:00' },
      adresse: { insee: '75101', codePostal: '75001' },
      telephones: ['0199000141'],
    },
    told: {
      ...{ identifiant: 'nadia.roussel', civilite: null, nom: 'ROUSSEL', nomUsage: null, prenom: 'Nadia' },
      ...{ sexe: 'Féminin', dateNaissance: '1985-04-09T00:00:00+01:00', codeCertificationCNAV: null },
      ...{ codeCategorieInscription: 1, libelleCategorieInscription: 'Sans emploi' },
      ...{ dateInscription: '2024-07-02T00:00:00+01:00', dateCessationInscription: null },
      adresse: {
        ...{ INSEECommune: '75101', codePostal: '75001', localite: null, ligneVoie: null, ligneNom: null },
        ...{ ligneComplementAdresse: null, ligneComplementDestinataire: null, ligneComplementDistribution: null },
      },
      ...{ email: null, telephone: '0199000141', telephone2: null },
    },
  },
  {
    api: 'complementaire-sante-solidaire/2',
    target: `/api/v2/complementaire-sante-solidaire?${assuredV2}`,
    asked: 'POST /droits/c2s',
    sent: assureOf(['NADIA'], { annee: 1985, pays: '99243' }),
    said: right({ situation: 'AVEC', fin: '20260531' }),
    told: {
      status: 'beneficiaire_avec_participation_financiere',
      ...{ dateDebut: '2025-06-01', dateFin: '2026-05-31' },
    },
  },
  {
    api: 'revenu-solidarite-active/2',
    target: `/api/v2/revenu-solidarite-active?${assuredV2}`,
    asked: 'POST /droits/rsa',
    sent: assureOf(['NADIA'], { annee: 1985, pays: '99243' }),
    said: right({}),
    told: { status: 'beneficiaire', majoration: null, dateDebut: '2025-06-01', dateFin: null },
  },
  {
    api: 'scolarites/2',
    target:
      '/api/v2/scolarites?nom=Roussel&prenom=Nadia&sexe=F&dateNaissance=1985-04-09&codeEtablissement=0690026D&anneeScolaire=2026',
    asked: 'GET /eleves?nomFamille=ROUSSEL&prenom=NADIA&sexe=2&naissance=1985-04-09&uai=0690026D&annee=2026',
    said: schooling,
    told: {
      eleve: { nom: 'ROUSSEL', prenom: 'Nadia', sexe: 'F', date_naissance: '1985-04-09' },
      ...{ code_etablissement: '0690026D', annee_scolaire: '2026-2027', est_scolarise: true },
      ...{ est_boursier: true, echelon_bourse: 4, status_eleve: { code: 'ST', libelle: 'Scolaire' } },
    },
  },
  {
    api: 'etudiants/2',
    target: '/api/v2/etudiants?nom=L%27Hermitte&prenom=Ève&dateDeNaissance=1985-04-09&sexe=F',
    asked: 'GET /v1/etudiants?nom=L%27HERMITTE&prenom=EVE&naissance=09%2F04%2F1985&sexe=2',
    said: {
      etudiant: { ine: '990000001HH', nom: 'ROUSSEL', prenom: 'Nadia', naissance: '09/04/1985' },
      periodes: [
        {
          ...{ etat: 'INSCRIT', formation: 'FI', inscription: { debut: '01092025', fin: null } },
          ...{ etablissement: { uai: '0699990A', nom: 'UNIVERSITE' }, commune: '69383' },
        },
        { etat: 'ADMIS', formation: 'FC', admission: { debut: '01092026', fin: '31082027' } },
      ],
    },
    told: {
      ...{ ine: '990000001HH', nom: 'ROUSSEL', prenom: 'Nadia', dateNaissance: '1985-04-09' },
      inscriptions: [
        {
          ...{ statut: 'inscrit', regime: 'formation initiale', dateDebutInscription: '2025-09-01' },
          ...{ dateFinInscription: null, etablissement: { uai: '0699990A', nom: 'UNIVERSITE' }, codeCommune: '69383' },
        },
        {
          ...{ statut: 'admis', regime: 'formation continue', dateDebutAdmission: '2026-09-01' },
          ...{ dateFinAdmission: '2027-08-31', etablissement: { uai: null, nom: null }, codeCommune: null },
        },
      ],
    },
  },
  {
    api: 'etudiants-boursiers/2',
    target: '/api/v2/etudiants-boursiers?ine=990000001HH',
    asked: 'GET /v1/boursiers?ine=990000001HH',
    said: scholar,
    told: {
      ...{ nom: 'ROUSSEL', prenom: 'Nadia', prenom2: 'Ève', dateNaissance: '1985-04-09', lieuNaissance: 'PARIS' },
      ...{ sexe: 'F', boursier: true, echelonBourse: '0bis', email: 'n@exemple.fr', dateDeRentree: '2026-09-01' },
      ...{
        dureeVersement: 10,
        statut: 0,
        statutLibelle: 'définitif',
        villeEtudes: 'LYON',
        etablissement: 'UNIVERSITE',
      },
    },
  },
  {
    api: 'composition-familiale-v2/2',
    target: `/api/v2/composition-familiale-v2?${assuredV2}&annee=2026&mois=10`,
    asked: 'POST /v1/quotient/recherche',
    sent: {
      identite: {
        ...{ nom: 'ROUSSEL', prenoms: 'NADIA', dateNaissance: '19850000', sexe: '2' },
        naissance: { pays: '99243' },
      },
      periode: { annee: '2026', mois: 10 },
    },
    said: household,
    told: {
      ...{ regime: 'CNAF', quotientFamilial: 872, annee: 2026, mois: 10 },
      allocataires: [
        {
          ...{ nomNaissance: 'ROUSSEL', nomUsuel: null, prenoms: 'NADIA', anneeDateDeNaissance: '1985' },
          ...{ moisDateDeNaissance: null, jourDateDeNaissance: null, sexe: 'F' },
        },
      ],
      enfants: [],
      adresse: {
        ...{ identite: 'Madame ROUSSEL', complementInformation: null, complementInformationGeographique: null },
        ...{ numeroLibelleVoie: null, lieuDit: null, codePostalVille: '75001 PARIS', pays: 'FRANCE' },
      },
    },
  },
  {
    api: 'composition-familiale/2',
    target: '/api/v2/composition-familiale?numeroAllocataire=2345678&codePostal=75001',
    asked: 'GET /allocataires/2345678?codePostal=75001',
    said: {
      codeRetour: '0',
      dossier: {
        membres: [{ role: 'ENF', nomPrenom: 'ROUSSEL SAMI', naissance: '01/02/2015', sexe: '1' }],
        adresse: household.dossier.adresse,
      },
    },
    told: {
      ...{ quotientFamilial: null, annee: null, mois: null, allocataires: [] },
      enfants: [{ nomPrenom: 'ROUSSEL SAMI', dateDeNaissance: '01022015', sexe: 'M' }],
      adresse: { identite: 'Madame ROUSSEL', codePostalVille: '75001 PARIS', pays: 'FRANCE' },
    },
  },
]
