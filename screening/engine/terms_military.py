"""
Terms for military goods and for goods of Reg. (EU) 2019/125 in eight languages.

An entry: concept and family, then the terms in English | Dutch | French | German | Spanish | Italian | Polish |
Russian, several of a language parted by `;`. A line that begins with a blank goes on with the entry.
"""

TERMS = """\
image_intensifier night_vision: image intensifier; image intensifying; image intensification; image intensifier
 tube | beeldversterker; beeldversterkerbuis; restlichtversterker | intensificateur d'image; intensificateur de
 lumière; tube intensificateur | Bildverstärker; Restlichtverstärker; Bildverstärkerröhre | intensificador de
 imagen | intensificatore d'immagine; intensificatore di luce | wzmacniacz obrazu | электронно-оптический
 преобразователь; ЭОП; усилитель изображения
night_vision_device night_vision: night vision device; night vision goggle; night vision equipment; night vision
 binocular; nvg; night sight; night vision | nachtkijker; nachtzichtapparatuur; nachtzichtkijker; nachtzicht |
 vision nocturne; jumelles de vision nocturne | Nachtsichtgerät; Nachtsichtbrille; Nachtsicht | visión nocturna |
 visione notturna; visore notturno | noktowizor; nocny celownik | прибор ночного видения; ночного видения
thermal_imager night_vision: thermal viewer; thermal sight; thermal imager; thermal imaging camera; thermal
 camera; thermal weapon sight; infrared camera; thermal imaging; thermal binocular; thermographic camera |
 thermische kijker; warmtebeeldkijker; warmtebeeldcamera; warmtebeeld; thermische camera; infraroodcamera | caméra
 thermique; viseur thermique; lunette thermique; imageur thermique; caméra infrarouge; imagerie thermique |
 Wärmebildkamera; Wärmebildgerät; Wärmebildzielgerät; Wärmebild; Infrarotkamera; Thermalkamera | cámara térmica;
 visor térmico; cámara infrarroja; cámara termográfica | termocamera; visore termico; camera termica | kamera
 termowizyjna; celownik termowizyjny; termowizor | тепловизор; тепловизионная камера; тепловизионный прицел
weapon_sight night_vision: weapon sight; rifle scope; riflescope; telescopic sight; optical sight; red dot sight |
 richtkijker; wapenvizier | lunette de tir; viseur d'arme; lunette de visée | Zielfernrohr; Zielgerät;
 Visiereinrichtung | mira telescópica; visor de arma | mirino; cannocchiale da puntamento | celownik optyczny;
 luneta celownicza | оптический прицел; прицел
laser_rangefinder laser: laser rangefinder; laser range finder; rangefinder | laserafstandsmeter; afstandsmeter |
 télémètre laser; télémètre | Laserentfernungsmesser; Entfernungsmesser | telémetro láser; telémetro | telemetro
 laser | dalmierz laserowy; dalmierz | лазерный дальномер; дальномер
laser_designator laser: laser designator; target designator | laserdoelaanwijzer; doelaanwijzer | désignateur
 laser | Laserzielbeleuchter; Zielbeleuchter | designador láser | designatore laser | laserowy podświetlacz |
 целеуказатель
sniper_rifle small_arms: sniper rifle; sniping rifle; precision rifle; anti-materiel rifle | sluipschuttersgeweer;
 scherpschuttersgeweer; precisiegeweer | fusil de précision; fusil de sniper; fusil à lunette |
 Scharfschützengewehr; Präzisionsgewehr | rifle de francotirador; fusil de francotirador; rifle de precisión |
 fucile di precisione; fucile da cecchino | karabin snajperski; karabin wyborowy | снайперская винтовка
assault_rifle small_arms: assault rifle; automatic rifle; battle rifle; select-fire rifle | aanvalsgeweer;
 automatisch geweer | fusil d'assaut; fusil automatique | Sturmgewehr; Maschinenkarabiner | fusil de asalto; rifle
 de asalto | fucile d'assalto | karabin szturmowy; karabinek automatyczny | штурмовая винтовка; автоматическая
 винтовка; автомат
hunting_rifle small_arms: hunting rifle; sporting rifle; target rifle | jachtgeweer; sportgeweer | fusil de
 chasse; carabine de chasse; carabine de sport | Jagdgewehr; Jagdbüchse; Sportgewehr; Repetierbüchse | rifle de
 caza; escopeta de caza | fucile da caccia; carabina da caccia | karabin myśliwski; sztucer | охотничья винтовка;
 охотничий карабин; охотничье ружье
rifle small_arms: rifle; carbine | geweer; karabijn | fusil; carabine | Gewehr; Karabiner; Büchse | rifle; fusil;
 carabina | fucile; carabina | karabin; karabinek | винтовка; карабин
shotgun small_arms: shotgun; smooth-bore weapon | hagelgeweer | fusil à canon lisse; fusil à pompe | Flinte;
 Schrotflinte | escopeta | fucile a canna liscia; fucile a pompa | strzelba; broń gładkolufowa | дробовик;
 гладкоствольное ружье
pistol small_arms: pistol; revolver; handgun; semi-automatic pistol | pistool; revolver; vuistvuurwapen |
 pistolet; revolver; arme de poing | Pistole; Revolver; Faustfeuerwaffe | pistola; revólver | pistola; rivoltella
 | pistolet; rewolwer | пистолет; револьвер
submachine_gun small_arms: submachine gun; sub-machine gun; machine pistol | machinepistool; pistoolmitrailleur |
 pistolet-mitrailleur; mitraillette | Maschinenpistole | subfusil; subametralladora | pistola mitragliatrice;
 mitra | pistolet maszynowy | пистолет-пулемет
machine_gun small_arms: machine gun; machinegun; light machine gun; heavy machine gun; general purpose machine gun
 | machinegeweer; mitrailleur | mitrailleuse | Maschinengewehr | ametralladora | mitragliatrice | karabin
 maszynowy; ckm | пулемет; крупнокалиберный пулемет
firearm small_arms: firearm; small arm; light weapon; weapon | vuurwapen; handvuurwapen; klein kaliber wapen |
 arme à feu; arme légère; armes légères; arme de petit calibre | Feuerwaffe; Handfeuerwaffe; Schusswaffe;
 Kleinwaffe | arma de fuego; arma ligera; armas cortas | arma da fuoco; arma leggera | broń palna; broń strzelecka
 | огнестрельное оружие; стрелковое оружие
silencer small_arms: silencer; suppressor; sound moderator | geluiddemper | silencieux; réducteur de son;
 modérateur de son | Schalldämpfer | silenciador | silenziatore | tłumik dźwięku; tłumik | глушитель
magazine_clip small_arms: magazine; ammunition magazine | patroonmagazijn; patroonhouder | chargeur; chargeur de
 munitions | Magazin; Patronenmagazin | cargador | caricatore | magazynek | магазин к оружию
grenade_launcher launcher: grenade launcher | granaatwerper | lance-grenades; lance grenades | Granatwerfer;
 Granatpistole | lanzagranadas | lanciagranate | granatnik | гранатомет
mortar artillery: mortar; mortar system; mortar tube | mortier | mortier | Mörser | mortero | mortaio | moździerz
 | миномет
howitzer artillery: howitzer; artillery gun; cannon; field gun; artillery system; gun barrel | houwitser; kanon;
 geschut | obusier; canon; pièce d'artillerie | Haubitze; Kanone; Geschütz | cañón; pieza de artillería |
 obice; cannone | haubica; armata; działo | гаубица; пушка; орудие
rocket_launcher launcher: rocket launcher; rocket propelled grenade; rpg; anti-tank weapon; multiple rocket
 launcher | raketwerper; antitankwapen | lance-roquettes; lance roquettes; arme antichar | Raketenwerfer;
 Panzerfaust; Panzerabwehrwaffe | lanzacohetes; arma contracarro | lanciarazzi; arma anticarro | wyrzutnia rakiet;
 granatnik przeciwpancerny | реактивная система; противотанковый гранатомет; РПГ
artillery_ammunition ammunition: artillery ammunition; artillery shell; artillery projectile; artillery round;
 howitzer shell | artilleriemunitie; artilleriegranaat; granaatmunitie | munition d'artillerie; munitions
 d'artillerie; obus d'artillerie; obus | Artilleriemunition; Artilleriegranate; Artilleriegeschoss | munición de
 artillería; proyectil de artillería | munizionamento d'artiglieria; munizioni d'artiglieria; proiettile
 d'artiglieria | amunicja artyleryjska; pocisk artyleryjski | артиллерийский боеприпас; артиллерийские боеприпасы;
 артиллерийский снаряд
mortar_ammunition ammunition: mortar ammunition; mortar bomb; mortar round; mortar shell | mortiermunitie;
 mortiergranaat | munition de mortier; munitions de mortier; obus de mortier | Mörsermunition; Mörsergranate;
 Wurfgranate | munición de mortero; granada de mortero | munizioni per mortaio; bomba da mortaio | amunicja
 moździerzowa | минометная мина; минометный боеприпас
tank_ammunition ammunition: tank ammunition; tank round; tank gun ammunition | tankmunitie | munition de char;
 obus de char | Panzermunition | munición de carro; munición de tanque | munizioni per carri | amunicja czołgowa |
 танковый снаряд; танковый боеприпас
small_arms_ammunition ammunition: small arms ammunition; rifle ammunition; pistol ammunition; cartridge; bullet;
 ball ammunition | patroon; kleinkalibermunitie; geweermunitie; handvuurwapenmunitie; kogel | cartouche; munition
 de petit calibre; balle | Patrone; Kleinkalibermunition; Gewehrmunition; Büchsenpatrone | cartucho; munición de
 pequeño calibre; bala | cartuccia; munizioni di piccolo calibro | nabój; amunicja strzelecka | патрон; боеприпасы
 к стрелковому оружию
ammunition ammunition: ammunition; munition; round of ammunition | munitie | munition; munitions | Munition |
 munición; municiones | munizioni; munizionamento | amunicja | боеприпас; боеприпасы
fuze ammunition: fuze; fuse; proximity fuze; fuze setting device | ontsteker; ontstekingsmechanisme | fusée de
 proximité; fusée d'obus | Zünder; Annäherungszünder; Munitionszünder | espoleta | spoletta | zapalnik |
 взрыватель
primer_cap ammunition: percussion cap; ammunition primer | slaghoedje | amorce de munition | Zündhütchen;
 Anzündhütchen | fulminante | innesco | spłonka | капсюль
hand_grenade explosive_ordnance: hand grenade; grenade; smoke grenade; stun grenade | handgranaat; granaat;
 rookgranaat | grenade; grenade à main; grenade fumigène | Handgranate; Rauchgranate; Nebelgranate | granada;
 granada de mano | granata; bomba a mano | granat; granat ręczny | граната; ручная граната
aerial_bomb explosive_ordnance: aerial bomb; aircraft bomb; guided bomb; bomb | vliegtuigbom; bom | bombe; bombe
 guidée; bombe aérienne | Bombe; Fliegerbombe; Lenkbombe | bomba; bomba aérea; bomba guiada | bomba d'aereo; bomba
 guidata | bomba; bomba lotnicza | авиабомба; авиационная бомба; бомба
mine explosive_ordnance: land mine; landmine; anti-tank mine; anti-personnel mine; naval mine | landmijn; zeemijn;
 antitankmijn | mine antichar; mine antipersonnel; mine terrestre | Landmine; Panzerabwehrmine; Seemine | mina
 terrestre; mina antipersona | mina antiuomo; mina anticarro | mina przeciwpiechotna; mina przeciwpancerna |
 противопехотная мина; противотанковая мина
torpedo explosive_ordnance: torpedo; torpedoes | torpedo | torpille | Torpedo | torpedo | siluro | torpeda |
 торпеда
missile missile: missile; guided missile; anti-tank missile; air defence missile; surface-to-air missile; cruise
 missile | raket; geleide raket; geleid projectiel; antitankraket; luchtverdedigingsraket | missile; missile
 antichar; missile guidé | Flugkörper; Lenkflugkörper; Rakete; Panzerabwehrrakete; Marschflugkörper | misil; misil
 guiado | missile; missile guidato | pocisk rakietowy; pocisk kierowany; rakieta | управляемая ракета; зенитная
 ракета; ракета
explosive explosives: explosive; high explosive; plastic explosive; tnt; rdx; hmx; petn | springstof; explosieven;
 explosief | explosif; explosifs | Sprengstoff; Explosivstoff | explosivo | esplosivo; esplosivi | materiał
 wybuchowy | взрывчатое вещество; взрывчатые вещества; гексоген; тротил
propellant explosives: propellant; gun powder; gunpowder; nitrocellulose; smokeless powder | buskruit;
 voortdrijflading; kruit; drijfmiddel | poudre propulsive; propergol; poudre à canon; nitrocellulose |
 Treibladungspulver; Schießpulver; Treibmittel; Nitrocellulose | pólvora; propulsante; nitrocelulosa |
 propellente; polvere da sparo; nitrocellulosa | proch strzelniczy; proch | порох; нитроцеллюлоза
detonator explosives: detonator; blasting cap; detonating cord | ontstekingsbuisje; detonator; slagsnoer;
 slagkoord | détonateur; cordeau détonant | Detonator; Sprengkapsel; Sprengzünder; Sprengschnur | detonador;
 cordón detonante | detonatore | detonator; lont detonujący | детонатор; детонирующий шнур
battle_tank vehicle: main battle tank; battle tank; tank vehicle | gevechtstank | char de combat; char d'assaut |
 Kampfpanzer | carro de combate | carro armato | czołg | боевой танк
armoured_vehicle vehicle: armoured vehicle; armored vehicle; armoured personnel carrier; armored personnel
 carrier; apc; infantry fighting vehicle; armoured car; armoured truck; mrap | pantservoertuig; pantserwagen;
 gepantserd voertuig | véhicule blindé; blindé; transport de troupes blindé | Panzerfahrzeug; gepanzertes
 Fahrzeug; Schützenpanzer; Transportpanzer; Mannschaftstransportwagen | vehículo blindado; transporte blindado |
 veicolo blindato; veicolo corazzato | pojazd opancerzony; transporter opancerzony | бронетранспортер;
 бронированный автомобиль; бронемашина; боевая машина пехоты
truck vehicle: truck; lorry; military truck; cargo truck; utility truck | vrachtwagen; vrachtauto;
 legervrachtwagen | camion; camion militaire | Lastkraftwagen; Lastwagen; LKW; Militärlastwagen | camión; camión
 militar | autocarro; camion | ciężarówka; samochód ciężarowy | грузовик; грузовой автомобиль
all_terrain_vehicle vehicle: all-terrain vehicle; off-road vehicle; utility vehicle; land vehicle; jeep; ground
 vehicle | terreinvoertuig; terreinwagen; jeep | véhicule tout-terrain; véhicule tout terrain | Geländewagen;
 Geländefahrzeug | vehículo todoterreno; todoterreno | fuoristrada; veicolo fuoristrada | pojazd terenowy;
 samochód terenowy | внедорожник; вездеход
trailer vehicle: trailer; semi-trailer | aanhangwagen; oplegger | remorque; semi-remorque | Anhänger;
 Sattelauflieger | remolque | rimorchio; semirimorchio | przyczepa; naczepa | прицеп; полуприцеп
bridge_layer vehicle: bridge layer; bridge laying equipment; military bridge | bruglegger; militaire brug | pont
 militaire; poseur de pont | Brückenleger; Brückenlegepanzer | puente militar; lanzapuentes | gettaponte | most
 wojskowy | мостоукладчик
warship ship: warship; frigate; corvette; naval vessel; destroyer; combat vessel | oorlogsschip; fregat; korvet;
 marineschip | navire de guerre; frégate; corvette; bâtiment de guerre | Kriegsschiff; Fregatte; Korvette;
 Marineschiff | buque de guerra; fragata; corbeta | nave da guerra; fregata; corvetta; nave militare | okręt
 wojenny; fregata; korweta | военный корабль; фрегат
patrol_boat ship: patrol boat; patrol vessel; fast patrol craft; interceptor boat; rigid hull inflatable boat |
 patrouilleboot; patrouillevaartuig; rubberboot | patrouilleur; vedette; bateau de patrouille | Patrouillenboot;
 Schnellboot; Wachboot | patrullera; lancha patrullera | motovedetta; pattugliatore | łódź patrolowa; kuter
 patrolowy | патрульный катер
submarine ship: submarine; midget submarine | onderzeeboot; onderzeeër; duikboot | sous-marin |
 Unterseeboot | submarino | sottomarino; sommergibile | okręt podwodny; łódź podwodna | подводная лодка
helicopter aircraft: helicopter; rotorcraft; rotary wing aircraft; attack helicopter; transport helicopter |
 helikopter; transporthelikopter; gevechtshelikopter | hélicoptère; hélicoptère de transport; hélicoptère
 d'attaque | Hubschrauber; Helikopter; Transporthubschrauber; Kampfhubschrauber | helicóptero; helicóptero de
 transporte | elicottero; elicottero da trasporto | śmigłowiec; śmigłowce; śmigłowców; śmigłowca; helikopter |
 вертолет; транспортный вертолет
combat_aircraft aircraft: combat aircraft; fighter aircraft; fighter jet; fighter plane; f-16 | gevechtsvliegtuig;
 jachtvliegtuig; straaljager | avion de combat; avion de chasse; chasseur | Kampfflugzeug; Jagdflugzeug | avión de
 combate; avión de caza; cazabombardero | aereo da combattimento; velivolo da combattimento; caccia | samolot
 bojowy; myśliwiec | боевой самолет; истребитель
aircraft aircraft: aircraft; airplane; aeroplane; transport aircraft; trainer aircraft; training aircraft |
 vliegtuig; transportvliegtuig; lesvliegtuig | avion; aéronef; avion de transport; avion d'entraînement |
 Flugzeug; Luftfahrzeug; Transportflugzeug; Schulflugzeug | avión; aeronave | aereo; aeromobile; velivolo |
 samolot; statek powietrzny | самолет; летательный аппарат
uav aircraft: unmanned aerial vehicle; unmanned aircraft; unmanned air vehicle; uav; uas; drone; quadcopter;
 multicopter; remotely piloted aircraft; rpas | onbemand luchtvaartuig; onbemand vliegtuig; drone; onbemande
 luchtvaartuigen | véhicule aérien sans pilote; aéronef sans équipage; drone; avion sans pilote; aéronef sans
 pilote; drone aérien | unbemanntes Luftfahrzeug; unbemannte Luftfahrzeuge; unbemanntes Fluggerät; Drohne; UAV |
 vehículo aéreo no tripulado; aeronave no tripulada; dron; avión no tripulado | aeromobile a pilotaggio remoto;
 aeromobile senza pilota; velivolo senza pilota; drone | bezzałogowy statek powietrzny; dron; bezpilotowiec |
 беспилотный летательный аппарат; БПЛА; беспилотник; дрон; квадрокоптер
jet_engine propulsion: gas turbine engine; turbofan; turbojet; turboshaft; jet engine; aero engine; aircraft
 engine | vliegtuigmotor; straalmotor; gasturbinemotor | turboréacteur; turbomoteur; moteur d'avion; moteur à
 turbine à gaz; réacteur d'avion | Flugzeugtriebwerk; Triebwerk; Gasturbinentriebwerk; Strahltriebwerk; Flugmotor
 | motor de aviación; turborreactor; motor de turbina de gas | motore aeronautico; motore a turbina; turbogetto |
 silnik lotniczy; silnik turbinowy | авиационный двигатель; газотурбинный двигатель; турбореактивный двигатель
ejection_seat aircraft: ejection seat; ejector seat | schietstoel | siège éjectable | Schleudersitz | asiento
 eyectable | sedile eiettabile; seggiolino eiettabile | fotel katapultowy | катапультное кресло
parachute aircraft: parachute; paraglider; cargo parachute | parachute; valscherm | parachute | Fallschirm;
 Lastenfallschirm | paracaídas | paracadute | spadochron | парашют
ballistic_helmet protection: ballistic helmet; combat helmet; military helmet; helmet; bulletproof helmet |
 ballistische helm; gevechtshelm; helm; helmen; kogelwerende helm | casque; casque balistique; casque pare-balles
 | Helm; Gefechtshelm; ballistischer Helm; Schutzhelm; Stahlhelm | casco; casco balístico; casco antibalas |
 elmetto; casco balistico | hełm; hełm kuloodporny; hełm balistyczny | шлем; бронешлем; каска
body_armour protection: body armour; body armor; bulletproof vest; bullet-proof vest; ballistic vest; flak jacket;
 armour vest; protective vest | kogelwerend vest; kogelvrij vest; lichaamsbescherming; scherfvest;
 lichaamspantsering | gilet pare-balles; gilet pare-éclats; gilet balistique; protection corporelle | Schutzweste;
 schusssichere Weste; ballistische Weste; Splitterschutzweste; Körperpanzer; Körperpanzerung | chaleco antibalas;
 blindaje corporal | giubbotto antiproiettile; corpetto antiproiettile | kamizelka kuloodporna | бронежилет
ballistic_plate protection: ballistic plate; bullet-proof plate; bullet-proof ballistic plate; bulletproof plate;
 armour plate; armor plate; body armour plate; body armor plate; ballistic insert; ceramic plate | kogelwerende
 plaat; kogelwerende platen; pantserplaat; pantserplaten; ballistische plaat; ballistische platen | plaque
 balistique; plaque de blindage; plaque pare-balles; plaque de protection; plaque de protection balistique; plaque
 de gilet pare-balles | Panzerplatte; ballistische Platte; Schutzplatte; Körperschutzplatte; Körperpanzerplatte |
 placa balística; placa de blindaje; placa antibalas | piastra balistica; piastra antiproiettile | płyta
 balistyczna; płyta pancerna; wkład balistyczny | бронепластина; бронеплита; броневая пластина
gas_mask protection: gas mask; respirator; nbc mask; cbrn mask | gasmasker | masque à gaz; masque nbc; masque de
 protection | Gasmaske; Atemschutzmaske; ABC-Schutzmaske | máscara antigás | maschera antigas | maska
 przeciwgazowa | противогаз
nbc_suit protection: nbc suit; cbrn suit; protective suit; chemical protective clothing | nbc-pak; beschermend pak
 | combinaison nbc; tenue de protection nbc | ABC-Schutzanzug; Schutzanzug | traje nbq; traje de protección | tuta
 nbc | kombinezon ochronny | защитный костюм; костюм химзащиты
bomb_disposal explosive_ordnance: bomb disposal; explosive ordnance disposal; eod robot; mine clearance; demining
 | explosievenopruiming; ontmijning | déminage; neutralisation d'explosifs; robot de déminage |
 Kampfmittelbeseitigung; Minenräumgerät; Kampfmittelräumung | desactivación de explosivos; desminado | sminamento;
 bonifica ordigni | rozminowanie | разминирование
military_radar radar: radar; radar system; fire control radar; surveillance radar; ground radar; battlefield radar
 | radar; radarsysteem; vuurleidingsradar | radar; radar de surveillance; système radar | Radar; Radaranlage;
 Feuerleitradar; Radargerät | radar; sistema de radar | radar; sistema radar | radar; radiolokator; stacja
 radiolokacyjna | радар; радиолокатор; РЛС; радиолокационная станция
fire_control fire_control: fire control system; fire-control equipment; fire control; ballistic computer |
 vuurleidingssysteem; vuurleiding | conduite de tir; système de conduite de tir | Feuerleitsystem;
 Feuerleitanlage; Feuerleiteinrichtung | dirección de tiro; sistema de control de tiro | sistema di controllo del
 tiro; direzione del tiro | system kierowania ogniem | система управления огнем
jammer electronic_warfare: jammer; jamming equipment; electronic countermeasure; ecm; gps jammer; drone jammer;
 counter-drone | stoorzender; jammer | brouilleur; contre-mesures électroniques | Störsender; elektronische
 Gegenmaßnahme; Drohnenabwehr | inhibidor; perturbador; contramedidas electrónicas | disturbatore; contromisure
 elettroniche | zagłuszarka; zakłócacz | глушитель сигналов; постановщик помех; средства РЭБ; радиоэлектронной
 борьбы
military_radio communications: military radio; tactical radio; manpack radio; radio set; vhf radio; hf radio;
 transceiver | militaire radio; tactische radio; zendontvanger; veldradio | radio tactique; poste radio;
 émetteur-récepteur; radio militaire | Funkgerät; taktisches Funkgerät; Sendeempfänger | radio táctica; radio
 militar; transceptor | radio tattica; ricetrasmettitore | radiostacja; radio taktyczne | радиостанция;
 тактическая радиостанция; приемопередатчик
simulator_trainer training: flight simulator; training simulator; simulator; weapon simulator; training equipment
 | simulator; vluchtsimulator; trainingssimulator | simulateur; simulateur de vol; simulateur de tir | Simulator;
 Flugsimulator; Schießsimulator; Ausbildungsgerät | simulador; simulador de vuelo | simulatore; simulatore di volo
 | symulator | тренажер; симулятор
sonar sonar: sonar; hydrophone; towed array; sonobuoy | sonar; hydrofoon; sonarboei | sonar; hydrophone; bouée
 acoustique | Sonar; Hydrophon; Schleppsonar; Sonarboje | sonar; hidrófono; sonoboya | sonar; idrofono | sonar;
 hydrofon | гидролокатор; сонар; гидрофон
military_uniform clothing: camouflage net; camouflage; camouflage uniform; combat uniform | camouflagenet;
 camouflage; gevechtskleding | filet de camouflage; camouflage; treillis | Tarnnetz; Tarnung; Kampfanzug | red de
 camuflaje; camuflaje | rete mimetica; mimetica | siatka maskująca; kamuflaż | маскировочная сеть; камуфляж
water_cannon crowd_control: water cannon; riot control vehicle | waterkanon; waterwerper | canon à eau |
 Wasserwerfer | cañón de agua | cannone ad acqua; idrante antisommossa | armatka wodna | водомет
tear_gas crowd_control: tear gas; cs gas; riot control agent; pepper spray; oleoresin capsicum; pava;
 incapacitating agent | traangas; pepperspray | gaz lacrymogène; lacrymogène; antiémeute; spray au poivre | Tränengas;
 Reizstoff; Pfefferspray; Reizgas | gas lacrimógeno; aerosol de pimienta | gas lacrimogeno; spray al peperoncino |
 gaz łzawiący; gaz pieprzowy | слезоточивый газ; перцовый баллончик
electric_shock crowd_control: electric shock baton; stun gun; electric discharge weapon; taser; electric shock
 weapon; stun baton; shock dart gun | stroomstootwapen; wapenstok met stroom; elektroshockwapen; taser | matraque
 électrique; arme à décharge électrique; pistolet à impulsion électrique; taser | Elektroschockgerät;
 Elektroschlagstock; Elektroschocker; Distanzelektroimpulsgerät | porra eléctrica; arma de descarga eléctrica;
 pistola eléctrica | manganello elettrico; pistola elettrica; dispositivo a scarica elettrica | paralizator; pałka
 elektryczna | электрошокер; электрошоковое устройство
handcuffs restraint: handcuff; handcuffs; leg cuff; leg iron; shackle; thumb cuff; restraint chair; gang chain;
 fetter | handboei; handboeien; voetboei; duimboei; dwangstoel | menottes; entraves; chaîne multiple; chaise de
 contrainte | Handschelle; Handschellen; Fußfessel; Fessel; Daumenschelle; Zwangsstuhl | esposas; grilletes; silla
 de inmovilización | manette; ceppi; sedia di contenzione | kajdanki; kajdany; fotel unieruchamiający | наручники;
 кандалы
spiked_baton crowd_control: spiked baton; baton; truncheon; whip; spiked shield | wapenstok; knuppel;
 gummiknuppel; zweep | matraque; bâton à pointes; fouet | Schlagstock; Schlagwaffe; Peitsche; Schild mit
 Metallspitzen | porra; látigo; bastón con púas | manganello; sfollagente; frusta | pałka | дубинка; кнут
execution_drug capital_punishment: sodium thiopental; thiopental; pentobarbital; barbiturate anaesthetic;
 amobarbital; secobarbital; barbiturate | thiopental; barbituraat | thiopental; pentobarbital; barbiturique |
 Thiopental; Pentobarbital; Barbiturat | tiopental; pentobarbital; barbitúrico | tiopentale; pentobarbitale;
 barbiturico | tiopental; barbituran | тиопентал; барбитурат
gallows capital_punishment: gallows; guillotine; electric chair; lethal injection system; drug injection system |
 galg; guillotine; elektrische stoel | potence; guillotine; chaise électrique | Galgen; Guillotine; Fallbeil;
 elektrischer Stuhl | horca; guillotina; silla eléctrica | forca; ghigliottina; sedia elettrica | szubienica;
 gilotyna; krzesło elektryczne | виселица; гильотина"""
