"""
Further terms in eight languages, read before the others: goods that a wider term of theirs would make one.

The layout is that of `terms_military`.
"""

TERMS = """\
leg_irons restraint: leg iron; leg irons; leg cuff; leg cuffs; leg shackles | voetboei; voetboeien; enkelboeien |
 entraves aux chevilles; entraves de chevilles; fers aux pieds | Fußfessel; Fußfesseln; Fußschelle | grilletes;
 grilletes para tobillos | cavigliere; ceppi per le caviglie; ceppi | kajdany na nogi; kajdanki na nogi | ножные
 кандалы; кандалы
thumb_cuffs restraint: thumb cuff; thumb cuffs; thumb screws | duimboei; duimboeien; duimschroeven | poucettes;
 menottes à pouces | Daumenschelle; Daumenschellen; Daumenschrauben | esposas para pulgares; empulgueras |
 manette per pollici; pollici | kajdanki na kciuki | наручники для пальцев
restraint_chair restraint: restraint chair; restraint bed; shackle board; restraint board | dwangstoel; dwangbed
 | chaise de contention; chaise de contrainte; lit de contention | Zwangsstuhl; Fixierstuhl; Fesselungsstuhl;
 Zwangsbett | silla de inmovilización; silla de contención | sedia di contenzione; letto di contenzione | fotel
 unieruchamiający; krzesło krępujące | кресло для фиксации; стул для фиксации
pepper_spray crowd_control: pepper spray; oleoresin capsicum; pava; capsaicin spray | pepperspray | spray au
 poivre; gaz poivre; aérosol au poivre | Pfefferspray | gas pimienta; aerosol de pimienta; espray de pimienta |
 spray al peperoncino; spray al pepe | gaz pieprzowy | перцовый баллончик; перцовый газ
metal_detector detection: metal detector; walk-through metal detector; hand-held metal detector | metaaldetector;
 metaaldetectiepoort | détecteur de métaux; portique de détection | Metalldetektor; Metallsuchgerät | detector de
 metales; arco detector | rivelatore di metalli; metal detector | wykrywacz metali; bramka wykrywająca |
 металлодетектор; металлоискатель
baggage_scanner detection: x-ray scanner; baggage scanner; x-ray inspection system; cargo scanner |
 bagagescanner; röntgenscanner | scanner à bagages; scanner à rayons x | Gepäckscanner; Röntgenscanner;
 Gepäckröntgengerät | escáner de equipajes; escáner de rayos x | scanner per bagagli; scanner a raggi x | skaner
 bagażu; skaner rentgenowski | сканер багажа; рентгеновский сканер
explosive_detector detection: explosive detector; explosives detector; explosives detection; trace detector;
 explosives trace detector; trace explosives detector | explosievendetector; explosievendetectie; sporendetector
 | détecteur d'explosifs; détecteur de traces; détection d'explosifs | Sprengstoffdetektor; Sprengstoffdetektion;
 Sprengstoffspurendetektor; Sprengstoffspürgerät | detector de explosivos; detector de trazas | rivelatore di
 esplosivi; rivelatore di tracce | wykrywacz materiałów wybuchowych; detektor materiałów wybuchowych | детектор
 взрывчатых веществ; обнаружитель взрывчатых веществ
inflatable_boat ship: rigid inflatable boat; inflatable boat; rigid hull inflatable boat; rhib; rib boat |
 rubberboot; opblaasboot | bateau semi-rigide; bateau pneumatique; canot pneumatique; semi-rigide |
 Festrumpfschlauchboot; Schlauchboot | lancha semirrígida; lancha neumática; embarcación neumática | gommone;
 battello pneumatico | łódź hybrydowa; łódź pneumatyczna; ponton | надувная лодка; жёстко-надувная лодка
telemetry communications: telemetry; telemetry receiver; telemetry system; telemetry equipment; telecommand |
 telemetrie; telemetrieontvanger | télémesure; récepteur de télémesure; télécommande | Telemetrie;
 Telemetrieempfänger; Telemetrieanlage | telemetría; receptor de telemetría; telemando | telemetria; ricevitore
 di telemetria | telemetria; odbiornik telemetryczny | телеметрия; приёмник телеметрии; телеметрическая
 аппаратура
rotary_table test: rotary table; tilting spindle; compound rotary table | draaitafel; rondtafel | table rotative;
 plateau rotatif; table tournante | Rundtisch; Drehtisch; Rundschalttisch | mesa rotativa; mesa giratoria |
 tavola rotante; tavola rotativa | stół obrotowy | поворотный стол
flow_controller process_equipment: mass flow controller; mass flow meter; flow controller; flow meter |
 massadebietregelaar; massastroomregelaar; debietmeter; stroommeter | régulateur de débit; régulateur de débit
 massique; débitmètre; débitmètre massique | Massendurchflussregler; Durchflussregler; Durchflussmesser |
 controlador de flujo; controlador de flujo másico; caudalímetro | regolatore di portata; misuratore di portata;
 flussimetro | regulator przepływu; przepływomierz | регулятор расхода; расходомер
mine_protected_vehicle vehicle: mine-resistant vehicle; mine resistant ambush protected vehicle; mrap;
 mine-protected vehicle | mijnbestendig voertuig; mijnbeveiligd voertuig | véhicule résistant aux mines; véhicule
 protégé contre les mines | minengeschütztes Fahrzeug; minengeschützt | vehículo resistente a las minas; vehículo
 protegido contra minas | veicolo resistente alle mine; veicolo antimina | pojazd odporny na miny; pojazd
 minoodporny | бронеавтомобиль с противоминной защитой; противоминная защита
weather_radar radar: weather radar; meteorological radar | weerradar; meteorologische radar | radar
 météorologique; radar météo | Wetterradar | radar meteorológico | radar meteorologico | radar meteorologiczny;
 radar pogodowy | метеорологический радар; метеорадар; метеорологический радиолокатор
ground_radar radar: ground penetrating radar; georadar; ground-probing radar | grondradar; bodemradar; georadar |
 géoradar; radar géologique; radar de sol | Bodenradar; Georadar | georradar; radar de subsuelo; radar de
 penetración | georadar; radar di penetrazione | georadar; radar penetrujący | георадар
revolver small_arms: revolver | revolver | revolver | Revolver | revólver | rivoltella; revolver | rewolwer |
 револьвер
carbine small_arms: carbine | karabijn | carabine | Karabiner | carabina | carabina | karabinek | карабин
blank_ammunition ammunition: blank ammunition; blank cartridge; blank round; training ammunition; practice
 ammunition | losse flodder; losse flodders; oefenmunitie; oefenpatroon | munition à blanc; cartouche à blanc;
 munition d'exercice | Platzpatrone; Platzpatronen; Manövermunition; Übungsmunition | munición de fogueo;
 cartucho de fogueo; munición de instrucción | munizioni a salve; cartucce a salve; munizioni da esercitazione |
 amunicja ślepa; naboje ślepe; amunicja ćwiczebna | холостой патрон; холостые патроны; учебные боеприпасы
drone_ground_station aircraft: ground control station; uav control station; drone control station | grondstation;
 grondcontrolestation | station de contrôle au sol; station sol | Bodenkontrollstation; Bodenstation | estación
 de control en tierra; estación terrestre | stazione di controllo a terra; stazione di terra | naziemna stacja
 kontroli; stacja naziemna | наземная станция управления
servo_actuator aircraft: actuator; servo actuator; servomotor; servo motor; servo valve | actuator; servomotor;
 servoklep | actionneur; servomoteur; servovalve; vérin | Aktuator; Stellantrieb; Servomotor; Servoventil |
 actuador; servomotor; servoválvula | attuatore; servomotore; servovalvola | siłownik; serwomotor; serwozawór |
 привод; серводвигатель; сервоклапан; сервопривод
turbopump propulsion: turbopump; turbo pump for rocket; propellant pump | turbopomp | turbopompe | Turbopumpe;
 Treibstoffpumpe | turbobomba | turbopompa | turbopompa | турбонасос; турбонасосный агрегат
warhead missile: warhead; re-entry vehicle; nose cone | gevechtskop; neuskegel | ogive; tête militaire; charge
 militaire | Gefechtskopf; Wiedereintrittskörper | ojiva; cabeza de guerra | testata bellica; ogiva; testata |
 głowica bojowa; głowica | боеголовка; боевая часть
water_purification process_equipment: water purification unit; desalination unit; reverse osmosis unit |
 waterzuiveringsinstallatie; ontziltingsinstallatie | unité de traitement d'eau; station de purification; unité
 de dessalement | Wasseraufbereitungsanlage; Entsalzungsanlage | planta potabilizadora; desalinizadora | impianto
 di potabilizzazione; dissalatore | stacja uzdatniania wody; odsalarnia | установка очистки воды; опреснительная
 установка
incubator biological: incubator; orbital shaker; cell culture incubator | broedstoof; incubator | incubateur;
 étuve | Brutschrank; Inkubator | incubadora | incubatore | inkubator; cieplarka | инкубатор; термостат
autoclave process_equipment: autoclave; steriliser; sterilizer | autoclaaf; sterilisator | autoclave;
 stérilisateur | Autoklav; Sterilisator | autoclave; esterilizador | autoclave; sterilizzatrice | autoklaw;
 sterylizator | автоклав; стерилизатор
centrifugal_separator biological: centrifugal separator; decanter centrifuge; laboratory centrifuge; disc
 separator | separator; decanteercentrifuge; laboratoriumcentrifuge | séparateur centrifuge; décanteuse
 centrifuge; centrifugeuse de laboratoire | Zentrifugalseparator; Dekanterzentrifuge; Laborzentrifuge | separador
 centrífugo; centrífuga decantadora; centrífuga de laboratorio | separatore centrifugo; centrifuga da laboratorio
 | separator wirówkowy; wirówka laboratoryjna | центробежный сепаратор; лабораторная центрифуга
dna_synthesiser biological: dna synthesiser; dna synthesizer; nucleic acid synthesiser; peptide synthesiser; gene
 synthesiser; nucleic acid synthesizer | dna-synthesizer; nucleïnezuursynthesizer | synthétiseur d'adn;
 synthétiseur d'acides nucléiques | DNA-Synthesizer; Nukleinsäuresynthesizer | sintetizador de adn; sintetizador
 de ácidos nucleicos | sintetizzatore di dna; sintetizzatore di acidi nucleici | syntezator dna; syntezator
 kwasów nukleinowych | синтезатор днк; синтезатор нуклеиновых кислот
hydrophone sonar: hydrophone; hydrophone array; towed array; towed hydrophone array | hydrofoon; hydrofoons;
 sleepantenne | hydrophone; antenne remorquée; antenne d'hydrophones | Hydrophon; Hydrofon; Schleppantenne |
 hidrófono; antena remolcada | idrofono; cortina trainata | hydrofon; antena holowana | гидрофон; буксируемая
 антенна
seismic_sensor sensor: geophone; seismic sensor; seismometer; seismograph | geofoon; seismische sensor;
 seismometer | géophone; capteur sismique; sismomètre | Geophon; Geofon; Seismometer; seismischer Sensor |
 geófono; sensor sísmico; sismómetro | geofono; sensore sismico; sismometro | geofon; czujnik sejsmiczny;
 sejsmometr | геофон; сейсмический датчик; сейсмометр; сейсмодатчик
lidar sensor: lidar; laser radar; ladar | lidar; laserradar | lidar; radar laser | Lidar; Laserradar | lidar;
 radar láser | lidar; radar laser | lidar; radar laserowy | лидар; лазерный локатор
quantum_cryptography information_security: quantum key distribution; quantum cryptography; qkd |
 quantumsleutelverdeling; kwantumcryptografie | distribution quantique de clés; cryptographie quantique |
 Quantenschlüsselverteilung; Quantenkryptographie | distribución cuántica de claves; criptografía cuántica |
 distribuzione quantistica di chiavi; crittografia quantistica | kwantowa dystrybucja klucza; kryptografia
 kwantowa | квантовое распределение ключей; квантовая криптография
hazmat_suit protection: chemical protective suit; hazmat suit; protective suit | chemiepak; beschermpak |
 combinaison de protection; tenue de protection; scaphandre | Chemikalienschutzanzug; Schutzanzug | traje de
 protección; traje químico | tuta protettiva; indumento protettivo | kombinezon ochronny; odzież ochronna |
 защитный костюм; костюм химзащиты
drone_jammer electronic_warfare: drone jammer; anti-drone system; counter-uas system; counter-drone system |
 dronestoorzender; antidronesysteem | brouilleur de drones; système anti-drones; système anti-drone |
 Drohnenabwehrsystem; Drohnenstörsender; Drohnenabwehr | inhibidor de drones; sistema antidrones | sistema
 antidrone; disturbatore di droni | zagłuszarka dronów; system antydronowy | подавитель дронов; антидроновая
 система; противодронная система
lithography semiconductor_equipment: lithography; electron beam lithography; photolithography; stepper; mask
 aligner; lithography system | lithografie; elektronenbundellithografie; waferstepper | lithographie;
 lithographie par faisceau d'électrons; photolithographie; photorépéteur | Lithographie;
 Elektronenstrahllithographie; Fotolithografie; Elektronenstrahllithografie | litografía; litografía por haz de
 electrones; fotolitografía | litografia; litografia a fascio elettronico; fotolitografia | litografia;
 litografia elektronowa; fotolitografia | литография; электронно-лучевая литография; фотолитография
ion_implanter semiconductor_equipment: ion implanter; ion implantation | ionenimplantatie; ionenimplanter |
 implanteur ionique; implantation ionique | Ionenimplanter; Ionenimplantation | implantador de iones;
 implantación iónica | impiantatore ionico; impiantazione ionica | implantator jonów; implantacja jonów | ионный
 имплантер; ионная имплантация
vehicle_glass_tyre vehicle: run-flat tyre; run-flat insert; bulletproof tyre; ballistic glass; bullet-resistant
 glass | noodloopband; kogelvrij glas; kogelwerend glas | pneu à roulage à plat; vitrage pare-balles; verre
 pare-balles | Notlaufreifen; Panzerglas; Sicherheitsglas | neumático antipinchazos; vidrio antibalas; cristal
 blindado | pneumatico antiforatura; vetro antiproiettile; vetro blindato | opona typu run-flat; szyba
 kuloodporna; szkło pancerne | пулестойкая шина; бронестекло; пуленепробиваемое стекло
smoke_grenade explosive_ordnance: smoke grenade; smoke canister; smoke launcher; smoke generator | rookgranaat;
 rookbus | grenade fumigène; fumigène; pot fumigène | Rauchgranate; Nebelgranate; Nebelwurfkörper | granada de
 humo; bote de humo | granata fumogena; fumogeno | granat dymny; świeca dymna | дымовая граната; дымовая шашка
cobalt_alloy material: cobalt; cobalt alloy; cobalt powder | kobalt; kobaltlegering | cobalt; alliage de cobalt |
 Kobalt; Kobaltlegierung; Cobalt | cobalto; aleación de cobalto | cobalto; lega di cobalto | kobalt; stop kobaltu
 | кобальт; кобальтовый сплав
aramid_fibre material: aramid fibre; aramid fabric; aramid; uhmwpe fibre; ballistic fabric | aramidevezel;
 aramide; aramideweefsel | fibre d'aramide; tissu d'aramide; aramide | Aramidfaser; Aramidgewebe; Aramid | fibra
 de aramida; tejido de aramida; aramida | fibra aramidica; tessuto aramidico | włókno aramidowe; tkanina
 aramidowa; aramid | арамидное волокно; арамидная ткань; арамид
gallium_arsenide semiconductor_material: gallium arsenide; gallium nitride; gallium; germanium; indium phosphide
 | galliumarsenide; galliumnitride; gallium; germanium | arséniure de gallium; nitrure de gallium; gallium;
 germanium | Galliumarsenid; Galliumnitrid; Gallium; Germanium | arseniuro de galio; nitruro de galio; galio;
 germanio | arseniuro di gallio; nitruro di gallio; gallio; germanio | arsenek galu; azotek galu; gal; german |
 арсенид галлия; нитрид галлия; галлий; германий
"""
