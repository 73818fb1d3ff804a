/** Tasks per domaine professionnel, in our own words, infinitive first: domaine | task | task | task | task. */
export const missionsTable = `
A12|Tondre, tailler et désherber les espaces confiés|Planter arbres, massifs et haies selon le plan|Entretenir le matériel et signaler les pannes|Baliser la zone de travail avant chaque intervention
A14|Préparer le sol, semer et suivre les cultures|Récolter, trier et conditionner la production|Conduire et entretenir le matériel de l'exploitation|Surveiller l'état sanitaire des plants
B18|Découper et préparer les matières|Assembler et coudre les pièces à la main ou à la machine|Contrôler la finition avant expédition|Réaliser des retouches à la demande
C11|Recevoir les assurés et analyser leurs besoins|Proposer des garanties adaptées à leur situation|Établir les devis et suivre les contrats|Traiter les demandes reçues par téléphone et par courriel
C12|Accueillir et conseiller une clientèle de particuliers|Suivre un portefeuille et préparer les rendez-vous|Monter les dossiers de crédit|Veiller à la conformité des opérations
C15|Rechercher et estimer des biens à vendre ou à louer|Organiser et mener les visites|Négocier entre vendeurs et acquéreurs|Suivre les dossiers jusqu'à la signature
D11|Préparer et présenter les produits du jour|Conseiller et servir la clientèle|Tenir le poste de travail propre et appliquer les règles d'hygiène|Réceptionner et contrôler les livraisons
D12|Accueillir, conseiller et fidéliser les clients|Mettre en valeur les articles du rayon|Encaisser les ventes et tenir la caisse|Participer aux inventaires
D14|Prospecter et développer un portefeuille de clients|Rédiger les propositions et suivre les commandes|Tenir à jour le fichier des clients|Rendre compte de l'activité chaque semaine
D15|Mettre en rayon et contrôler les dates de péremption|Renseigner les clients sur la surface de vente|Encaisser les achats avec amabilité|Tenir à jour l'étiquetage et les stocks
E11|Rédiger les contenus du site et de la lettre d'information|Animer les comptes de la structure sur les réseaux|Préparer les événements internes et externes|Mesurer l'audience et proposer des améliorations
E12|Concevoir des maquettes pour le web et l'imprimé|Décliner l'identité visuelle sur tous les supports|Préparer les fichiers pour l'impression|Veiller à l'accessibilité des contenus
F11|Étudier les dossiers de consultation et chiffrer les ouvrages|Établir les plans et les notes de calcul|Suivre les chantiers avec les équipes de travaux|Assurer le lien avec les bureaux de contrôle
F12|Préparer le chantier et planifier les interventions|Encadrer les équipes et les sous-traitants|Suivre le budget, la qualité et la sécurité|Animer les réunions de chantier
F13|Manœuvrer la grue selon les consignes du chef de chantier|Vérifier l'état des élingues et des apparaux|Réaliser l'entretien de premier niveau|Respecter le plan de levage et la zone de sécurité
F15|Tracer, tailler et assembler les éléments de charpente|Lever et fixer les ossatures sur site|Poser isolants et pare-pluie|Monter et démonter les échafaudages
F16|Lire les plans et préparer le chantier|Poser et raccorder les équipements|Réaliser les finitions avec soin|Expliquer les travaux réalisés au client
F17|Implanter l'ouvrage et monter les coffrages|Préparer et couler le béton ou les enrobés|Monter les murs et poser les éléments préfabriqués|Nettoyer et sécuriser la zone de travail
G11|Accueillir et renseigner les visiteurs français et étrangers|Tenir à jour la documentation et les réservations|Vendre billets et produits de la boutique|Participer aux animations de la saison
G12|Préparer et animer les activités d'un groupe|Veiller à la sécurité des participants|Dialoguer avec les familles et les partenaires|Tenir les registres de présence
G15|Remettre en état les chambres et les parties communes|Changer le linge et réassortir les produits d'accueil|Signaler les anomalies techniques|Respecter les procédures de l'établissement
G16|Préparer les mises en place et réaliser les plats|Respecter les fiches techniques et les temps d'envoi|Appliquer la méthode HACCP et tracer les températures|Nettoyer le poste et ranger les denrées
G17|Accueillir les clients, de l'arrivée au départ|Gérer les réservations par téléphone et en ligne|Établir les factures et tenir la caisse|Coordonner les demandes avec les étages
G18|Dresser la salle ou la terrasse|Prendre les commandes et conseiller les clients|Servir à l'assiette et débarrasser|Encaisser et faire la clôture du service
H12|Concevoir des pièces et des ensembles en trois dimensions|Rédiger les dossiers techniques|Suivre les essais et les prototypes|Travailler avec les méthodes et les achats
H15|Animer la démarche qualité de l'atelier|Traiter les réclamations et les non-conformités|Réaliser les audits internes|Mettre à jour les procédures
H21|Conduire une ligne de fabrication automatisée|Contrôler la température, le poids et l'aspect des produits|Enregistrer la traçabilité des lots|Nettoyer et désinfecter les équipements
H22|Débiter et usiner les pièces de bois|Assembler et poncer les ouvrages|Poser sur chantier quand il le faut|Régler les machines à commande numérique
H25|Organiser le travail d'une équipe de production|Suivre les indicateurs et lancer les actions correctives|Former les nouveaux arrivants|Faire respecter les règles de sécurité
H29|Lire les plans et régler la machine|Usiner, assembler ou souder les pièces|Contrôler les cotes avec les instruments de mesure|Assurer la maintenance de premier niveau
H33|Alimenter la ligne et surveiller le conditionnement|Trier et emballer les produits|Contrôler l'étiquetage et la quantité|Palettiser et filmer les colis
I12|Réaliser les petits travaux d'électricité, de plomberie et de peinture|Effectuer les rondes de contrôle|Accompagner les entreprises extérieures|Tenir le carnet d'entretien du bâtiment
I13|Diagnostiquer les pannes et remettre en service les installations|Réaliser la maintenance préventive|Renseigner les interventions dans le logiciel de suivi|Proposer des améliorations
I14|Répondre aux demandes des utilisateurs|Installer et configurer les postes de travail|Suivre les tickets jusqu'à leur résolution|Tenir à jour l'inventaire du parc
I16|Établir le diagnostic et remplacer les pièces usées|Effectuer révisions et contrôles|Renseigner les ordres de réparation|Restituer le véhicule ou l'appareil en état
J11|Assurer les consultations et le suivi des patients|Participer aux réunions de l'équipe de soins|Prescrire les examens et les traitements|Contribuer à la permanence des soins
J12|Délivrer les ordonnances et conseiller les patients|Contrôler les interactions médicamenteuses|Encadrer l'équipe au comptoir|Gérer les commandes et les stocks
J13|Assurer l'hygiène des locaux et du matériel de soin|Accompagner les personnes lors de leurs déplacements|Préparer les commandes et vérifier les stocks|Transmettre les observations à l'équipe
J14|Établir le bilan et le programme de rééducation|Réaliser les séances individuelles et collectives|Suivre les progrès avec le médecin|Conseiller les patients et leurs proches
J15|Réaliser les soins d'hygiène, de confort et de prévention|Surveiller l'état de santé et alerter si besoin|Tenir à jour le dossier de soins|Accompagner les familles avec tact
K12|Accueillir les personnes et évaluer leur situation|Construire avec elles un projet personnalisé|Rédiger les rapports et les bilans|Travailler avec les partenaires du territoire
K13|Aider aux gestes de la vie quotidienne|Préparer les repas et entretenir le logement|Veiller à la sécurité et au bien-être des personnes|Tenir le cahier de liaison
K18|Recevoir les demandeurs d'emploi en entretien|Les aider à bâtir leur projet professionnel|Animer des ateliers de recherche d'emploi|Développer les relations avec les entreprises
K19|Rédiger actes, contrats et consultations|Suivre les procédures et les délais|Assurer la veille juridique|Conseiller les équipes opérationnelles
K21|Préparer et animer les séances|Évaluer les acquis et adapter la progression|Suivre l'assiduité des participants|Participer aux réunions pédagogiques
K22|Nettoyer bureaux, sanitaires et parties communes|Utiliser les machines et doser les produits|Trier et évacuer les déchets|Signaler les dégradations
K23|Collecter les déchets selon la tournée|Nettoyer la voirie et vider les corbeilles|Contrôler la qualité du tri|Entretenir le véhicule en fin de service
K25|Surveiller le site et effectuer les rondes|Contrôler les accès et accueillir les visiteurs|Intervenir en cas d'incident et porter assistance|Rédiger la main courante
L13|Diriger les répétitions et le travail des interprètes|Définir l'espace avec l'équipe technique|Préparer le dossier de diffusion|Suivre le budget de la création
L14|Suivre le programme d'entraînement|Participer aux compétitions de la saison|Représenter le club auprès des partenaires|Encadrer des séances auprès des jeunes
L15|Installer et régler le matériel de sonorisation|Assurer la régie pendant les représentations|Entretenir et ranger les équipements|Accueillir les équipes en tournée
M12|Saisir et contrôler les écritures|Préparer les déclarations et les paies|Participer à la clôture des comptes|Produire les tableaux de bord
M13|Définir les objectifs et piloter les résultats|Encadrer les équipes|Développer l'activité et les partenariats|Représenter la structure auprès des tiers
M14|Analyser l'organisation et proposer des évolutions|Conduire les projets de transformation|Animer des ateliers de travail|Suivre les indicateurs
M15|Rédiger les annonces et mener les entretiens|Préparer contrats et déclarations|Suivre le plan de formation|Répondre aux questions des salariés
M16|Accueillir les visiteurs et répondre au téléphone|Rédiger et classer les courriers|Tenir les agendas et organiser les réunions|Suivre les commandes de fournitures
M17|Analyser le marché et la concurrence|Bâtir le plan d'action et son budget|Coordonner les équipes et les prestataires|Mesurer les résultats des campagnes
M18|Concevoir, développer et tester les évolutions|Exploiter et sécuriser les infrastructures|Documenter les choix techniques|Assister les équipes métiers
N11|Préparer les commandes avec exactitude|Charger, décharger et ranger les marchandises|Contrôler les quantités et l'état des colis|Respecter les règles de circulation de l'entrepôt
N13|Planifier les flux d'entrée et de sortie|Encadrer une équipe de quai|Suivre les litiges et les indicateurs|Optimiser le rangement
N41|Conduire en respectant les horaires et la réglementation|Charger et livrer selon la tournée|Contrôler le véhicule avant le départ|Remettre les documents de transport au retour
`
