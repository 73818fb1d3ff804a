/** Working conditions of the ROME: OGR code | category | label, as published in open data. */
export const contextesTable = `
23374|CONDITIONS_TRAVAIL|Au domicile de l'intervenant
23375|CONDITIONS_TRAVAIL|Au domicile de particulier
23376|CONDITIONS_TRAVAIL|Au pied des installations
23377|CONDITIONS_TRAVAIL|En environnement climatique difficile
23378|CONDITIONS_TRAVAIL|En extérieur
23379|CONDITIONS_TRAVAIL|En grande hauteur
23380|CONDITIONS_TRAVAIL|En salle blanche
23381|CONDITIONS_TRAVAIL|En salle de pilotage, cabine de commande
23382|CONDITIONS_TRAVAIL|En sous-sol
23383|CONDITIONS_TRAVAIL|En zone à atmosphère contrôlée
23384|CONDITIONS_TRAVAIL|En zone à risques chimiques (toxicité, corrosivité, explosibilité, ...)
23385|CONDITIONS_TRAVAIL|En zone frigorifique
24838|STATUT_EMPLOI|Agent commercial
24844|STATUT_EMPLOI|Travail en indépendant
24845|STATUT_EMPLOI|Vendeur à Domicile Indépendant (VDI)
28981|STATUT_EMPLOI|VRP exclusif
28982|STATUT_EMPLOI|VRP multicartes
38055|HORAIRE_ET_DUREE_TRAVAIL|Travail de nuit
38056|HORAIRE_ET_DUREE_TRAVAIL|Travail en extra
38126|CONDITIONS_TRAVAIL|Logement assuré par l'employeur
`
