/** Words, names and places of which guessed passwords are made, in France and everywhere: our own list, without accents. */
export const guessedWords: ReadonlySet<string> = new Set(
  `motdepasse motpasse passe password passwd passw pass mdp secret bonjour bonsoir salut coucou bienvenue welcome hello login admin administrateur
administrator root user utilisateur compte test tests demo essai default changeme changermoi letmein connexion internet ordinateur computer windows
jetaime jtaime taime jtm jeteaime mamour amour amours monamour monbebe moncoeur coeur cherie cheri chouchou doudou loulou loulou poupette princesse
princess prince soleil lune etoile etoiles nuage ciel fleur fleurs rose roses papillon chocolat caramel vanille fraise cerise banane orange citron
bisous bisou calin maison famille maman papa mamie papy papi mere pere frere soeur fils fille enfant enfants bebe copain copine ami amis amie
chien chiens chat chats chaton minou minette cheval chevaux poney lapin lapinou panda dauphin requin tigre lion lionne loup louve renard aigle dragon licorne
football foot rugby tennis basket handball judo karate danse musique guitare piano batterie cinema voiture moto velo camion avion bateau vacances
plage mer montagne voyage voyages ete hiver automne printemps janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
lundi mardi mercredi jeudi vendredi samedi dimanche janv noel paques anniversaire liberte egalite fraternite france francais francaise republique
travail emploi bureau entreprise societe mairie commune departement region prefecture ministere etat administration service services public fonctionnaire
francetravail poleemploi pole franceconnect proconnect impots ameli caf cnaf portique agent citoyen particulier employeur candidat individu
azerty azertyuiop qwerty qwertyuiop azer qwer wxcvbn qsdf asdf zxcvbn qsdfgh asdfgh aqwzsx abcd abcdef
iloveyou love lovely lover forever baby babygirl angel angels sunshine flower butterfly monkey dragon master superman batman spiderman pokemon pikachu
starwars naruto sasuke goku dbz zelda mario sonic minecraft fortnite roblox facebook google youtube instagram snapchat twitter tiktok netflix apple samsung
android iphone microsoft linux orange sfr bouygues free wanadoo gmail hotmail yahoo outlook trustno access shadow killer hunter ranger soccer baseball
football hockey michael jordan jennifer jessica ashley daniel andrew joshua charlie summer winter spring autumn freedom whatever cheese cookie pepper
ginger money silver golden diamond purple yellow blue green red black white orange happy lucky magic power super hyper mega ultra star stars
marseille paris lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble dijon angers nimes clermont lemans brest
tours amiens limoges annecy perpignan metz besancon orleans rouen mulhouse caen nancy argenteuil roubaix tourcoing montreuil avignon dunkerque creteil
poitiers versailles nanterre courbevoie vitry pau colombes rueil antibes cannes calais lahavre havre saintetienne etienne aix aixenprovence valence
quimper lorient vannes troyes chambery niort bayonne biarritz colmar ajaccio bastia bourges larochelle rochelle bretagne normandie alsace lorraine
provence corse auvergne bourgogne savoie picardie champagne occitanie aquitaine vendee landes ardeche dordogne guadeloupe martinique guyane reunion mayotte
tahiti algerie maroc tunisie senegal portugal espagne italie belgique suisse allemagne angleterre europe afrique amerique asie canada quebec
psg olympique olympiquedemarseille asse losc stade saint milan barcelona barca real madrid juventus chelsea arsenal liverpool manchester ronaldo messi
zidane mbappe neymar benzema griezmann henry platini
marie jean pierre michel andre philippe alain bernard jacques daniel patrick jeanpierre gerard christian claude dominique marc laurent nicolas christophe
francois thierry pascal eric stephane olivier david frederic sebastien julien thomas alexandre alexis antoine maxime kevin romain vincent guillaume
jerome cedric mickael fabien ludovic anthony damien gregory mathieu matthieu benjamin florian quentin lucas hugo louis gabriel arthur adam raphael
leo jules nathan ethan theo tom paul noah liam mohamed mohammed ahmed ali karim mehdi samir youssef ibrahim rayan yanis ilyes bilal amine sofiane
clement adrien valentin jordan dylan steven jonathan remi remy simon samuel victor martin charles henri georges robert roger rene marcel maurice
raymond guy gilles bruno didier serge yves denis joel franck sylvain fabrice xavier emmanuel yannick gael tristan corentin baptiste bastien axel
enzo mathis matheo timeo nolan sacha gabin mael eliott robin evan killian
nathalie isabelle sylvie catherine martine christine francoise monique nicole valerie sandrine veronique brigitte stephanie sophie celine chantal patricia
anne annie anna brigitte corinne laurence karine virginie florence emilie julie aurelie caroline delphine laetitia audrey melanie elodie jessica
laura manon camille lea emma chloe ines jade louise alice lola zoe lina sarah sara eva clara juliette charlotte mathilde pauline marine marion
justine anais lucie oceane morgane amandine vanessa sabrina nadia fatima samira leila yasmine amina aicha khadija mariam nour sonia sandra angelique
estelle agnes helene elisabeth elise claire cecile beatrice muriel myriam carole josiane jacqueline jeanne madeleine yvette simone denise paulette
suzanne germaine odette colette ginette huguette lucienne marguerite mireille michele danielle evelyne solange georgette nina rose romane lena maelys
louane lou agathe margaux mila julia capucine romy eleonore victoria valentine angele angela noemie gaelle maeva alexia alexandra
dupont durand dubois moreau laurent simon michel lefebvre leroy roux fournier girard bonnet lambert fontaine rousseau vincent muller lefevre faure
mercier blanc guerin boyer garnier chevalier francois legrand gauthier garcia perrin robin morin nicolas henry roussel mathieu gautier masson marchand
duval denis dumont lemaire noel meyer dufour meunier brun blanchard giraud joly riviere lucas brunet gaillard barbier arnaud martinez gerard roche
renard schmitt leclerc colin vidal caron picard fabre nguyen dupuis benoit lopez fernandez rodriguez petit bernard thomas richard martin
un une le la les des du de et ou mon ma mes ton ta tes son sa ses notre nos votre vos ce cet cette je tu il elle nous vous ils suis est sont
moi toi lui oui non pas plus tres bien bon bonne grand grande petit petite beau belle joli jolie nouveau nouvelle the my you and is are be
one two three un deux trois quatre cinq six sept huit neuf dix cent mille zero`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
