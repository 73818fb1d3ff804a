import type { Coded } from './rome.js'

/** The small nomenclatures of job offers. Contract codes and labels are those of the wire; themes, countries and language codes are ours. */
export const typesContrats = list(`
CDI|Contrat à durée indéterminée
CDD|Contrat à durée déterminée
MIS|Mission intérimaire
SAI|Contrat travail saisonnier
DIN|CDI Intérimaire
DDI|CDD insertion
TTI|Contrat travail temporaire insertion
CCE|Profession commerciale
FRA|Franchise
LIB|Profession libérale
REP|Reprise d'entreprise
`)

export const naturesContrats = list(`
E1|Contrat travail
E2|Contrat apprentissage
FS|Cont. professionnalisation
FA|Act. Formation pré.recrut.
FJ|Contrat pacte
FT|CUI - CAE
FU|CUI - CIE
FV|Prépa.opérationnel.emploi
I1|Insertion par l'activ.éco.
NS|Emploi non salarié
PS|Portage salarial
PR|Contrat PrAB
CC|CDI de chantier ou d’opération
CU|Contrat d'usage
CI|Contrat intermittent
EE|Contrat d'Engagement Educatif
ER|Engagement à servir dans la réserve
`)

export const niveauxFormations = list(`
AFS|Aucune formation scolaire
CP4|Primaire à 4ème
CFG|4ème achevée
C3A|3ème achevée ou Brevet
C12|2nd ou 1ère achevée
NV5|CAP, BEP et équivalents
NV4|Bac ou équivalent
NV3|Bac+2 ou équivalents
NV2|Bac+3, Bac+4 ou équivalents
NV1|Bac+5 et plus ou équivalents
`)

export const permis = list(`
AM|AM - Cyclomoteur <= 50 cm3
A1|A1 - Motocyclette <=125 cm3
A2|A2 - Moto <= 600 cm3
A|A - Moto
B1|B1 - Quadricycle
B|B - Véhicule léger
BE|BE - Véhicule léger + remorque
C1|C1 - Poids lourd < 7,5 T
C1E|C1E - Poids lourd < 7,5 T + remorque
C|C - Poids lourd
CE|CE - Poids lourd + remorque
D1|D1 - Transport de personnes <= 16 places
D|D - Transport de personnes
DE|DE - Transport de personnes + remorque
`)

export const langues = list(`
AL|Allemand
AN|Anglais
AR|Arabe
CH|Chinois
ES|Espagnol
IT|Italien
JA|Japonais
LS|Langue des signes
NL|Néerlandais
PO|Portugais
RU|Russe
`)

export const continents = list(`
AF|Afrique
AM|Amérique
AS|Asie
EU|Europe
OC|Océanie
`)

/** The first two letters of a country's code name its continent. */
export const pays = list(`
EU01|France
EU02|Allemagne
EU03|Belgique
EU04|Espagne
EU05|Irlande
EU06|Italie
EU07|Luxembourg
EU08|Pays-Bas
EU09|Portugal
EU10|Royaume-Uni
EU11|Suisse
AF01|Côte d'Ivoire
AF02|Maroc
AF03|Sénégal
AF04|Tunisie
AM01|Canada
AM02|Etats-Unis
AS01|Japon
AS02|Singapour
OC01|Australie
`)

export const qualifications = list(`
1|Manoeuvre
2|Ouvrier spécialisé
3|Ouvrier qualifié (P1,P2)
4|Ouvrier qualifié (P3,P4,OHQ)
5|Employé non qualifié
6|Employé qualifié
7|Technicien
8|Agent de maîtrise
9|Cadre
`)

/** Themes gather offers across métiers: code, label, prefixes of the ROME codes gathered. */
export const themes: readonly (Coded & { readonly metiers: readonly string[] })[] = [
  { code: '01', libelle: 'Emplois saisonniers', metiers: ['A14', 'G1'] },
  { code: '02', libelle: 'Services à la personne', metiers: ['K13'] },
  { code: '03', libelle: 'Santé et médico-social', metiers: ['J', 'K12'] },
  { code: '04', libelle: 'Métiers du numérique', metiers: ['E11', 'E12', 'I14', 'M18'] },
  { code: '05', libelle: 'Transition écologique', metiers: ['A12', 'F1602', 'F1603', 'I1308', 'K23'] },
  { code: '06', libelle: 'Artisanat', metiers: ['B18', 'D11', 'F15', 'F16', 'H22'] },
  { code: '07', libelle: 'Transport et logistique', metiers: ['N'] },
  { code: '08', libelle: 'Industrie', metiers: ['H', 'I13'] },
]

export const qualites: readonly { readonly libelle: string; readonly description: string }[] = [
  {
    libelle: 'Faire preuve d’autonomie',
    description: 'Mener ses tâches sans suivi constant et savoir demander de l’aide.',
  },
  {
    libelle: 'Faire preuve de rigueur et de précision',
    description: 'Appliquer les consignes avec soin et sans erreur.',
  },
  { libelle: 'Travailler en équipe', description: 'Partager ses informations et avancer avec les autres.' },
  { libelle: 'Avoir le sens du service', description: 'Chercher une réponse utile à la demande de chacun.' },
  { libelle: 'S’adapter aux changements', description: 'Accepter l’imprévu et ajuster son organisation.' },
  { libelle: 'Organiser son travail', description: 'Planifier ses activités selon leurs priorités.' },
  { libelle: 'Gérer son stress', description: 'Rester maître de soi dans les moments tendus.' },
  { libelle: 'Faire preuve de réactivité', description: 'Agir vite quand la situation le demande.' },
]

function list(table: string): readonly Coded[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', libelle = ''] = line.split('|')
      return { code, libelle }
    })
}
