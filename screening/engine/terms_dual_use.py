"""
Terms for dual-use goods in eight languages; the layout is that of `terms_military`.

Chemicals are named once where the languages differ in their ending only: words are compared by their stem.
"""

TERMS = """\
milling_machine machine_tool: milling machine; five-axis milling machine; 5-axis milling machine; machining
 centre; machining center; machine tool for milling; milling centre | freesmachine; vijfassige freesmachine;
 bewerkingscentrum; freesbank | fraiseuse; centre d'usinage; fraiseuse à cinq axes; machine à fraiser |
 Fräsmaschine; Fünf-Achsen-Fräsmaschine; Bearbeitungszentrum; Fräszentrum | fresadora; centro de mecanizado |
 fresatrice; centro di lavoro; centro di lavorazione | frezarka; centrum obróbcze | фрезерный станок;
 обрабатывающий центр
lathe machine_tool: lathe; turning machine; turning centre; turning center; cnc lathe | draaibank; draaicentrum;
 draaimachine | tour à commande numérique; tour cnc; centre de tournage; machine de tournage | Drehmaschine;
 Drehbank; Drehzentrum | torno; centro de torneado | tornio; centro di tornitura | tokarka | токарный станок
grinding_machine machine_tool: grinding machine; grinder; jig grinder; cylindrical grinder | slijpmachine;
 slijpbank | rectifieuse; machine à rectifier; meuleuse | Schleifmaschine | rectificadora; amoladora |
 rettificatrice; rettifica | szlifierka | шлифовальный станок
edm_machine machine_tool: electrical discharge machine; electric discharge machine; edm; spark erosion machine;
 wire edm | vonkerosiemachine; vonkverspaner; draadvonkmachine | machine d'électroérosion; électro-érosion;
 électroérosion | Funkenerosionsmaschine; Erodiermaschine; Drahterodiermaschine | electroerosión; máquina de
 electroerosión | elettroerosione; macchina per elettroerosione | elektrodrążarka; obrabiarka elektroerozyjna |
 электроэрозионный станок
machine_tool machine_tool: machine tool; cnc machine; numerically controlled machine; drilling machine; boring
 machine | gereedschapsmachine; werktuigmachine; cnc-machine; boormachine | machine-outil; machine outil; machine
 à commande numérique; aléseuse; perceuse | Werkzeugmaschine; CNC-Maschine; Bohrmaschine; Bohrwerk | máquina
 herramienta; máquina-herramienta; taladradora | macchina utensile; alesatrice | obrabiarka; wiertarka; wytaczarka
 | станок с ЧПУ; металлорежущий станок; станок
measuring_machine metrology: coordinate measuring machine; cmm; dimensional inspection machine; measuring machine
 | coördinatenmeetmachine; meetmachine | machine à mesurer tridimensionnelle; machine de mesure de coordonnées;
 machine de mesure | Koordinatenmessmaschine; Koordinatenmessgerät; Messmaschine | máquina de medición por
 coordenadas; máquina de medición | macchina di misura a coordinate; macchina di misura | współrzędnościowa
 maszyna pomiarowa; maszyna pomiarowa | координатно-измерительная машина; измерительная машина
interferometer metrology: laser interferometer; interferometer | interferometer; laserinterferometer |
 interféromètre | Interferometer; Laserinterferometer | interferómetro | interferometro | interferometr |
 интерферометр
isostatic_press forming: isostatic press; hot isostatic press; hydraulic press | isostatische pers; hydraulische
 pers | presse isostatique; presse hydraulique | isostatische Presse; isostatische Pressen; Heißisostatpresse;
 hydraulische Presse | prensa isostática; prensa hidráulica | pressa isostatica; pressa idraulica | prasa
 izostatyczna; prasa hydrauliczna | изостатический пресс; гидравлический пресс; газостат
flow_forming forming: flow forming machine; spin forming machine; flow-forming machine; flowforming |
 vloeidraaibank; forceermachine | machine de fluotournage; machine à fluotourner; fluotournage; repoussage |
 Fließdrückmaschine; Drückmaschine; Drückwalzmaschine | máquina de conformación por estirado; fluotorneado |
 macchina per fluotornitura; tornitura in lastra | zgniatarka obrotowa; wyoblarka | давильный станок; ротационной
 вытяжки
filament_winding forming: filament winding machine; fibre placement machine; fiber placement machine; tape laying
 machine | filamentwikkelmachine; vezelwikkelmachine; wikkelmachine | machine d'enroulement filamentaire;
 enroulement filamentaire; bobineuse de filaments | Faserwickelmaschine; Filamentwickelmaschine; Wickelmaschine |
 máquina de bobinado de filamentos | macchina per avvolgimento di filamenti; macchina avvolgitrice | nawijarka
 włókien | намоточный станок
balancing_machine metrology: balancing machine; rotor balancing machine | balanceermachine | machine à équilibrer;
 équilibreuse | Auswuchtmaschine; Wuchtmaschine | máquina de equilibrado; equilibradora | equilibratrice; macchina
 equilibratrice | wyważarka | балансировочный станок
vacuum_furnace furnace: furnace; vacuum furnace; induction furnace; arc remelt furnace; melting furnace;
 controlled atmosphere furnace | oven; vacuümoven; inductieoven; smeltoven | four à induction; four sous vide;
 four de fusion; four à vide; four industriel | Ofen; Vakuumofen; Induktionsofen; Schmelzofen; Lichtbogenofen |
 horno; horno de vacío; horno de inducción | forno; forno a vuoto; forno a induzione | piec próżniowy; piec
 indukcyjny | вакуумная печь; индукционная печь; печь
coating_equipment deposition: coating equipment; chemical vapour deposition; chemical vapor deposition; cvd;
 physical vapour deposition; pvd; plasma spraying; sputter; atomic layer deposition | coatingapparatuur;
 depositieapparatuur; opdampinstallatie | dépôt chimique en phase vapeur; équipement de revêtement; pulvérisation
 plasma | Beschichtungsanlage; Gasphasenabscheidung; Beschichtungsausrüstung; Plasmaspritzen | equipo de
 recubrimiento; deposición química de vapor; pulverización catódica | impianto di rivestimento; deposizione
 chimica | urządzenie do powlekania; napylarka | установка напыления; осаждения из газовой фазы
industrial_robot machine_tool: robot; industrial robot; manipulator; remote manipulator; end effector; robot arm |
 robot; industriële robot; manipulator; robotarm | robot; robot industriel; télémanipulateur; manipulateur |
 Roboter; Industrieroboter; Manipulator; Fernmanipulator | robot industrial; manipulador | robot industriale;
 manipolatore | robot przemysłowy; manipulator | промышленный робот; манипулятор; робот
additive_manufacturing machine_tool: additive manufacturing; 3d printer; metal 3d printer; laser sintering; laser
 powder bed | 3d-printer; metaalprinter; additieve productie | imprimante 3d; fabrication additive | 3D-Drucker;
 additive Fertigung; Lasersinteranlage | impresora 3d; fabricación aditiva | stampante 3d; produzione additiva |
 drukarka 3d | 3d-принтер; аддитивное
bearing machine_part: bearing; ball bearing; roller bearing; magnetic bearing | lager; kogellager; rollager;
 magneetlager | roulement; roulement à billes; palier magnétique | Wälzlager; Kugellager; Rollenlager; Magnetlager
 | cojinete; rodamiento | cuscinetto; cuscinetto a sfere | łożysko | подшипник; шарикоподшипник
centrifuge nuclear: gas centrifuge; centrifuge; centrifuge rotor; enrichment centrifuge | gascentrifuge;
 centrifuge; ultracentrifuge | centrifugeuse; centrifugeuse à gaz | Zentrifuge; Gaszentrifuge; Gasultrazentrifuge
 | centrifugadora; centrífuga | centrifuga; centrifuga a gas | wirówka | центрифуга; газовая центрифуга
maraging_steel nuclear_material: maraging steel; maraging | maragingstaal; maraging staal | acier maraging |
 Maraging-Stahl; martensitaushärtender Stahl; martensitaushärtender | acero martensítico envejecido; acero
 maraging | acciaio maraging; acciaio maraging | stal maraging | мартенситностареющая сталь; мартенситно-стареющая
 сталь
frequency_changer electronics: frequency changer; frequency converter; inverter; frequency inverter |
 frequentieomvormer; frequentieregelaar | convertisseur de fréquence; changeur de fréquence; variateur de
 fréquence | Frequenzumrichter; Frequenzumwandler; Wechselrichter | convertidor de frecuencia; variador de
 frecuencia | convertitore di frequenza; variatore di frequenza | przemiennik częstotliwości; falownik |
 преобразователь частоты; частотный преобразователь; инвертор
nuclear_reactor nuclear: nuclear reactor; reactor pressure vessel; fuel element; nuclear fuel; control rod |
 kernreactor; reactorvat; splijtstofelement; splijtstof | réacteur nucléaire; combustible nucléaire; barre de
 commande | Kernreaktor; Brennelement; Kernbrennstoff; Reaktordruckbehälter | reactor nuclear; combustible nuclear
 | reattore nucleare; combustibile nucleare | reaktor jądrowy; paliwo jądrowe | ядерный реактор; ядерное топливо;
 тепловыделяющий элемент
uranium nuclear_material: uranium; depleted uranium; uranium hexafluoride; uf6; natural uranium | uranium; verarmd
 uranium; uraanhexafluoride | uranium; uranium appauvri; hexafluorure d'uranium | Uran; abgereichertes Uran;
 Uranhexafluorid | uranio; uranio empobrecido | uranio; uranio impoverito | uran; uran zubożony | уран; обедненный
 уран; гексафторид урана
heavy_water nuclear_material: heavy water; deuterium; tritium; deuterium oxide | zwaar water; deuterium; tritium |
 eau lourde; deutérium; tritium | Schwerwasser; schweres Wasser; Deuterium; Tritium | agua pesada; deuterio;
 tritio | acqua pesante; deuterio; trizio | ciężka woda; deuter; tryt | тяжелая вода; дейтерий; тритий
graphite material: graphite; nuclear grade graphite; isostatic graphite; fine grain graphite | grafiet | graphite;
 graphite isostatique | Graphit; Grafit; Nukleargraphit; Feinkorngraphit | grafito | grafite | grafit | графит
carbon_fibre material: carbon fibre; carbon fiber; prepreg; fibrous material; aramid fibre; carbon fabric |
 koolstofvezel; prepreg; aramidevezel | fibre de carbone; préimprégné; fibres de carbone; fibre d'aramide |
 Kohlenstofffaser; Kohlefaser; Carbonfaser; Prepreg; Aramidfaser | fibra de carbono; preimpregnado | fibra di
 carbonio; preimpregnato | włókno węglowe; preimpregnat | углеродное волокно; углеволокно; препрег
titanium material: titanium alloy; titanium; titanium bar | titanium; titaanlegering; titaniumlegering | titane;
 alliage de titane | Titan; Titanlegierung | titanio; aleación de titanio | titanio; lega di titanio | tytan; stop
 tytanu | титан; титановый сплав
aluminium_alloy material: aluminium alloy; aluminum alloy; high strength aluminium; aluminium tube |
 aluminiumlegering | alliage d'aluminium | Aluminiumlegierung | aleación de aluminio | lega di alluminio | stop
 aluminium; stop aluminiowy | алюминиевый сплав
tungsten material: tungsten; tungsten alloy; wolfram | wolfraam; wolfraamlegering | tungstène; alliage de
 tungstène | Wolfram; Wolframlegierung | wolframio; tungsteno | tungsteno; wolframio | wolfram | вольфрам
beryllium material: beryllium | beryllium | béryllium | Beryllium | berilio | berillio | beryl metaliczny |
 бериллий
zirconium material: zirconium; zircaloy; zirconium tube; hafnium | zirkonium; zirkoon; hafnium | zirconium;
 zircaloy; hafnium | Zirkonium; Zirkaloy; Hafnium | circonio; hafnio | zirconio; afnio | cyrkon; hafn | цирконий;
 гафний
hydrogen_fluoride chemical: hydrogen fluoride; hydrofluoric acid; hf acid | waterstoffluoride; fluorwaterstof;
 fluorwaterstofzuur | fluorure d'hydrogène; acide fluorhydrique | Fluorwasserstoff; Flusssäure;
 Fluorwasserstoffsäure | fluoruro de hidrógeno; ácido fluorhídrico | fluoruro di idrogeno; acido fluoridrico |
 fluorowodór; kwas fluorowodorowy | фтористый водород; фтороводород; плавиковая кислота
fluoride_salt chemical: sodium fluoride; potassium fluoride; potassium bifluoride; sodium bifluoride; ammonium
 bifluoride | natriumfluoride; kaliumfluoride; kaliumbifluoride | fluorure de sodium; fluorure de potassium |
 Natriumfluorid; Kaliumfluorid; Kaliumhydrogenfluorid | fluoruro de sodio; fluoruro de potasio | fluoruro di
 sodio; fluoruro di potassio | fluorek sodu; fluorek potasu | фторид натрия; фторид калия
cyanide chemical: sodium cyanide; potassium cyanide; hydrogen cyanide | natriumcyanide; kaliumcyanide; cyaankali |
 cyanure de sodium; cyanure de potassium; cyanure | Natriumcyanid; Kaliumcyanid; Zyankali | cianuro de sodio;
 cianuro de potasio; cianuro | cianuro di sodio; cianuro di potassio | cyjanek sodu; cyjanek potasu | цианид
 натрия; цианид калия
phosphorus_chloride chemical: phosphorus trichloride; phosphorus oxychloride; phosphorus pentachloride; thionyl
 chloride | fosfortrichloride; fosforoxychloride; thionylchloride | trichlorure de phosphore; oxychlorure de
 phosphore; chlorure de thionyle | Phosphortrichlorid; Phosphoroxychlorid; Thionylchlorid | tricloruro de fósforo;
 oxicloruro de fósforo; cloruro de tionilo | tricloruro di fosforo; ossicloruro di fosforo; cloruro di tionile |
 trójchlorek fosforu; tlenochlorek fosforu; chlorek tionylu | треххлористый фосфор; хлорокись фосфора;
 тионилхлорид
amine_precursor chemical: triethanolamine; diethylaminoethanol; diisopropylamine; methyldiethanolamine;
 ethyldiethanolamine | triethanolamine; diisopropylamine | triéthanolamine; diisopropylamine | Triethanolamin;
 Diisopropylamin; Diethylaminoethanol | trietanolamina; diisopropilamina | trietanolammina; diisopropilammina |
 trietanoloamina | триэтаноламин; диизопропиламин
thiodiglycol chemical: thiodiglycol | thiodiglycol | thiodiglycol | Thiodiglykol | tiodiglicol | tiodiglicole |
 tiodiglikol | тиодигликоль
phosphonate chemical: dimethyl methylphosphonate; dmmp; trimethyl phosphite; triethyl phosphite; dimethyl
 phosphite | dimethylmethylfosfonaat; trimethylfosfiet | méthylphosphonate de diméthyle; phosphite de triméthyle |
 Dimethylmethylphosphonat; Trimethylphosphit; Triethylphosphit | metilfosfonato de dimetilo; fosfito de trimetilo
 | metilfosfonato di dimetile; fosfito di trimetile | metylofosfonian dimetylu | диметилметилфосфонат;
 триметилфосфит
nerve_agent chemical: nerve agent; chemical warfare agent; sarin; mustard gas; vx agent | zenuwgas; strijdgas;
 mosterdgas | agent neurotoxique; agent de guerre chimique; gaz moutarde | Nervenkampfstoff; chemischer
 Kampfstoff; Senfgas | agente nervioso; gas mostaza | agente nervino; gas mostarda | środek
 paralityczno-drgawkowy; iperyt | нервно-паралитический; иприт; зарин
ammonium_perchlorate propellant_chemical: ammonium perchlorate; perchlorate | ammoniumperchloraat; perchloraat |
 perchlorate d'ammonium | Ammoniumperchlorat; Perchlorat | perclorato de amonio | perclorato d'ammonio |
 nadchloran amonu | перхлорат аммония
hydrazine propellant_chemical: hydrazine; monomethylhydrazine; udmh; nitrogen tetroxide | hydrazine | hydrazine |
 Hydrazin | hidracina | idrazina | hydrazyna | гидразин; гептил
aluminium_powder propellant_chemical: aluminium powder; aluminum powder; metal powder; magnesium powder |
 aluminiumpoeder; metaalpoeder | poudre d'aluminium; poudre métallique | Aluminiumpulver; Metallpulver | polvo de
 aluminio | polvere di alluminio | proszek aluminiowy | алюминиевая пудра; алюминиевый порошок
chemical_reactor process_equipment: reaction vessel; chemical reactor; reactor vessel; glass lined reactor;
 agitator | reactievat; chemische reactor; reactorvat; roerwerk | cuve de réaction; réacteur chimique; réacteur
 émaillé; agitateur | Reaktionskessel; Reaktionsbehälter; chemischer Reaktor; Rührwerk | recipiente de reacción;
 reactor químico; agitador | recipiente di reazione; reattore chimico; agitatore | zbiornik reakcyjny; reaktor
 chemiczny; mieszadło | химический реактор; реакционный сосуд
heat_exchanger process_equipment: heat exchanger; condenser | warmtewisselaar; condensor | échangeur de chaleur;
 condenseur | Wärmetauscher; Wärmeübertrager; Kondensator für Dampf | intercambiador de calor | scambiatore di
 calore | wymiennik ciepła | теплообменник
storage_tank process_equipment: storage tank; chemical storage tank; tank container | opslagtank; opslagvat |
 réservoir de stockage; cuve de stockage | Lagertank; Lagerbehälter | tanque de almacenamiento | serbatoio di
 stoccaggio | zbiornik magazynowy | резервуар для хранения
valve process_equipment: valve; bellows-sealed valve; bellows sealed valve; control valve; ball valve; diaphragm
 valve | klep; afsluiter; balgafsluiter; kogelkraan; regelklep | vanne; vanne à soufflet; soupape; robinet à
 soufflet; clapet | Ventil; Faltenbalgventil; Regelventil; Absperrventil; Kugelhahn; Membranventil | válvula;
 válvula de fuelle | valvola; valvola a soffietto | zawór; zawór mieszkowy | клапан; сильфонный клапан; вентиль;
 задвижка
pump process_equipment: pump; chemical pump; multiple seal pump; centrifugal pump; canned motor pump; seal-less
 pump | pomp; centrifugaalpomp; chemiepomp | pompe; pompe centrifuge; pompe à joint | Pumpe; Kreiselpumpe;
 Chemiepumpe | bomba centrífuga; bomba química; bomba hidráulica | pompa; pompa centrifuga | pompa; pompa
 odśrodkowa | насос; центробежный насос
vacuum_pump process_equipment: vacuum pump; turbomolecular pump; diffusion pump; cryopump | vacuümpomp;
 turbomoleculaire pomp | pompe à vide; pompe turbomoléculaire | Vakuumpumpe; Turbomolekularpumpe | bomba de vacío;
 bomba turbomolecular | pompa per vuoto; pompa da vuoto; pompa a vuoto | pompa próżniowa | вакуумный насос;
 турбомолекулярный насос
fermenter biological: fermenter; fermentor; bioreactor; vaccine fermenter; culture vessel; fermentation vessel |
 fermentor; bioreactor; vergister | fermenteur; bioréacteur | Fermenter; Bioreaktor | fermentador; biorreactor |
 fermentatore; bioreattore | fermentor; bioreaktor | ферментер; биореактор; ферментатор
freeze_dryer biological: freeze dryer; freeze drying equipment; lyophiliser; lyophilizer; freeze-drying; spray
 dryer; spray drying | vriesdroger; vriesdroogapparatuur; sproeidroger | lyophilisateur; sécheur par atomisation;
 atomiseur | Gefriertrockner; Gefriertrocknungsanlage; Sprühtrockner | liofilizador; secador por pulverización |
 liofilizzatore; essiccatore a spruzzo | liofilizator; suszarka rozpyłowa | лиофильная сушилка; лиофилизатор;
 распылительная сушилка
filtration_equipment biological: cross flow filtration; tangential flow filtration; filtration equipment;
 ultrafiltration | kruisstroomfiltratie; filtratieapparatuur; dwarsstroomfilter | filtration tangentielle;
 équipement de filtration | Querstromfiltration; Crossflow-Filtration; Filtrationsanlage | filtración tangencial;
 filtración de flujo cruzado | filtrazione tangenziale | filtracja krzyżowa | тангенциальной фильтрации;
 фильтрационное оборудование
pathogen biological: pathogen; bacillus anthracis; botulinum toxin; yersinia pestis; ricin; virus strain; toxin |
 ziekteverwekker; toxine; miltvuurbacterie; ricine | agent pathogène; toxine; toxine botulique; ricine |
 Krankheitserreger; Toxin; Botulinumtoxin; Rizin; Milzbrand | agente patógeno; toxina; ricina | agente patogeno;
 tossina; ricina | patogen; toksyna; rycyna | патоген; токсин; рицин; ботулотоксин
biosafety_cabinet biological: biological safety cabinet; biosafety cabinet; class iii cabinet; glove box;
 isolator; containment facility | bioveiligheidskast; veiligheidskast; handschoenkast | poste de sécurité
 microbiologique; boîte à gants; enceinte de sécurité | Sicherheitswerkbank; Handschuhkasten; Glovebox | cabina de
 seguridad biológica; caja de guantes | cabina di sicurezza biologica; cappa biologica; scatola a guanti | komora
 bezpieczeństwa biologicznego; komora rękawicowa | бокс биологической безопасности
aerosol_sprayer biological: aerosol sprayer; crop sprayer; spraying system; fogging system; aerosol generator |
 spuitsysteem; sproeisysteem; aerosolgenerator | pulvérisateur; générateur d'aérosols | Sprühgerät;
 Aerosolgenerator; Sprühsystem | pulverizador; generador de aerosoles | nebulizzatore; generatore di aerosol |
 opryskiwacz; generator aerozolu | распылитель; генератор аэрозолей
vaccine biological: vaccine; immunotoxin | vaccin | vaccin | Impfstoff; Vakzin | vacuna | vaccino | szczepionka |
 вакцина
microwave_amplifier electronics: microwave amplifier; solid state amplifier; microwave solid state amplifier;
 power amplifier; solid-state power amplifier; microwave power amplifier; mmic amplifier; rf amplifier |
 microgolfversterker; halfgeleiderversterker; microgolf-halfgeleiderversterker; vermogensversterker |
 amplificateur hyperfréquence; amplificateur à semi-conducteurs; amplificateur de puissance; amplificateur
 micro-ondes; amplificateur hyperfréquences à semi-conducteurs | Mikrowellenverstärker; Halbleiterverstärker;
 Leistungsverstärker; Festkörperverstärker; Hochfrequenzverstärker | amplificador de microondas; amplificador de
 potencia; amplificador de estado sólido | amplificatore a microonde; amplificatore di potenza; amplificatore a
 stato solido | wzmacniacz mikrofalowy; wzmacniacz mocy | СВЧ-усилитель; СВЧ усилитель; усилитель мощности
travelling_wave_tube electronics: travelling wave tube; traveling wave tube; twt; klystron; magnetron; vacuum
 electronic device | lopendegolfbuis; klystron; magnetron | tube à ondes progressives; klystron; magnétron |
 Wanderfeldröhre; Klystron; Magnetron | tubo de ondas progresivas; klistrón; magnetrón | tubo a onde progressive;
 klystron; magnetron | lampa o fali bieżącej; klistron; magnetron | лампа бегущей волны; клистрон; магнетрон
integrated_circuit electronics: integrated circuit; microprocessor; fpga; asic; microcircuit; field programmable
 gate array; microchip; microcontroller; rad-hard chip; radiation hardened integrated circuit; semiconductor
 device | geïntegreerde schakeling; microprocessor; halfgeleider; chip | circuit intégré; microprocesseur; puce
 électronique; semi-conducteur | integrierte Schaltung; Mikroprozessor; Halbleiterbauelement; integrierter
 Schaltkreis | circuito integrado; microprocesador | circuito integrato; microprocessore | układ scalony;
 mikroprocesor | интегральная схема; микропроцессор; микросхема
adc electronics: analogue-to-digital converter; analog-to-digital converter; adc; digital-to-analog converter; a/d
 converter | analoog-digitaalomzetter; ad-omzetter | convertisseur analogique-numérique; convertisseur analogique
 numérique | Analog-Digital-Wandler; Analog-Digital-Umsetzer; AD-Wandler | convertidor analógico-digital |
 convertitore analogico-digitale | przetwornik analogowo-cyfrowy | аналого-цифровой преобразователь; АЦП
oscilloscope electronics: oscilloscope; digital oscilloscope; waveform digitizer; waveform digitiser; transient
 recorder | oscilloscoop | oscilloscope; numériseur de signaux | Oszilloskop; Transientenrecorder | osciloscopio |
 oscilloscopio | oscyloskop | осциллограф
signal_analyser electronics: signal analyser; signal analyzer; spectrum analyser; spectrum analyzer; network
 analyser; network analyzer | spectrumanalysator; netwerkanalysator; signaalanalysator | analyseur de spectre;
 analyseur de réseau; analyseur de signaux | Spektrumanalysator; Netzwerkanalysator; Signalanalysator | analizador
 de espectro; analizador de redes | analizzatore di spettro; analizzatore di rete | analizator widma; analizator
 sieci | анализатор спектра; анализатор цепей
signal_generator electronics: signal generator; frequency synthesiser; frequency synthesizer; synthesizer;
 arbitrary waveform generator | signaalgenerator; frequentiesynthesizer | générateur de signaux; synthétiseur de
 fréquence | Signalgenerator; Frequenzsynthesizer; Signalerzeuger | generador de señales; sintetizador de
 frecuencia | generatore di segnali; sintetizzatore | generator sygnałowy; syntezator częstotliwości | генератор
 сигналов; синтезатор частот
capacitor electronics: capacitor; pulse discharge capacitor; high energy capacitor; energy storage capacitor |
 condensator; pulscondensator | condensateur; condensateur à décharge | Kondensator; Impulskondensator;
 Hochspannungskondensator | condensador; condensador de descarga | condensatore | kondensator | конденсатор;
 импульсный конденсатор
switching_device electronics: triggered spark gap; spark gap; thyratron; thyristor switch; switching device;
 krytron | vonkbrug; thyratron; krytron | éclateur à étincelle; thyratron; krytron | Triggerfunkenstrecke;
 Funkenstrecke; Thyratron; Krytron | descargador de chispa; tiratrón; kritrón | spinterometro; thyratron; krytron
 | iskiernik; tyratron; krytron | разрядник; тиратрон; критрон
battery_cell electronics: lithium battery; primary cell; secondary cell; battery cell; thermal battery |
 lithiumbatterij; accu; thermische batterij | batterie au lithium; pile thermique; accumulateur | Lithiumbatterie;
 Thermalbatterie; Akkumulator | batería de litio; pila térmica | batteria al litio; pila termica | bateria litowa;
 akumulator | литиевая батарея; аккумулятор
superconductor electronics: superconducting magnet; superconductor; superconductive solenoid | supergeleidende
 magneet; supergeleider | aimant supraconducteur; supraconducteur | supraleitender Magnet; Supraleiter | imán
 superconductor; superconductor | magnete superconduttore; superconduttore | magnes nadprzewodzący; nadprzewodnik
 | сверхпроводящий магнит; сверхпроводник
lithography semiconductor_equipment: lithography equipment; wafer scanner; wafer stepper; euv lithography; scanner
 lithography; photolithography | lithografieapparatuur; lithografiemachine; waferstepper; waferscanner |
 équipement de lithographie; photolithographie; photorépéteur | Lithographieanlage; Lithografiegerät;
 Waferstepper; Waferscanner | equipo de litografía; fotolitografía | apparecchiatura litografica; fotolitografia |
 urządzenie litograficzne; fotolitografia | литографическое оборудование; фотолитография; степпер
wafer_etching semiconductor_equipment: etching equipment; plasma etcher; dry etching; wafer etcher; ion implanter;
 epitaxial growth; epitaxy equipment; crystal puller | etsapparatuur; ionenimplanteerder; epitaxieapparatuur |
 équipement de gravure; implanteur ionique; épitaxie | Ätzanlage; Ionenimplanter; Epitaxieanlage | equipo de
 grabado; implantador iónico; epitaxia | apparecchiatura per incisione; impiantatore ionico; epitassia |
 urządzenie do trawienia; implantator jonów; epitaksja | установка травления; ионный имплантер; эпитаксия
wafer_substrate semiconductor_material: silicon wafer; gallium arsenide; gallium nitride; silicon carbide wafer;
 substrate wafer; epitaxial wafer; polysilicon | siliciumwafer; galliumarsenide; galliumnitride | plaquette de
 silicium; arséniure de gallium; nitrure de gallium | Siliziumwafer; Galliumarsenid; Galliumnitrid;
 Siliziumscheibe | oblea de silicio; arseniuro de galio | wafer di silicio; arseniuro di gallio | płytka krzemowa;
 arsenek galu | кремниевая пластина; арсенид галлия; нитрид галлия
computer computing: computer; digital computer; supercomputer; high performance computer; server; workstation; gpu
 accelerator; quantum computer | computer; supercomputer; server; kwantumcomputer | ordinateur; supercalculateur;
 calculateur; serveur; ordinateur quantique | Rechner; Computer; Hochleistungsrechner; Digitalrechner; Server;
 Quantencomputer | ordenador; computadora; supercomputador; servidor | elaboratore; calcolatore; supercomputer;
 computer quantistico | komputer; superkomputer; serwer | компьютер; суперкомпьютер; сервер; вычислительная машина
encryption_device information_security: encryption device; encryption equipment; encryption module; cryptographic
 equipment; encryptor; network encryption; crypto device; cryptographic module; vpn appliance; link encryptor;
 information security equipment | versleutelingsapparaat; netwerkversleuteling; encryptieapparaat; cryptoapparaat;
 versleuteling; encryptiemodule; cryptografie | dispositif de chiffrement; chiffreur; équipement cryptographique;
 appareil de chiffrement; module de chiffrement; chiffrement; cryptographique | Verschlüsselungsgerät;
 Kryptogerät; Verschlüsselung; Netzwerkverschlüsselung; Verschlüsselungsmodul; Kryptomodul | dispositivo de
 cifrado; equipo de cifrado; cifrador; cifrado; módulo criptográfico | dispositivo di cifratura; apparato di
 cifratura; cifratura; crittografia; modulo crittografico | urządzenie szyfrujące; szyfrator; szyfrowanie |
 шифровальное устройство; шифратор; средство шифрования; криптографическое оборудование; криптомаршрутизатор
intrusion_software surveillance: intrusion software; spyware; hacking tool; remote control system software |
 inbraaksoftware; spyware; indringsoftware | logiciel d'intrusion; logiciel espion | Intrusion-Software;
 Spähsoftware; Spionagesoftware; Überwachungssoftware | programa espía; software de intrusión | software di
 intrusione; spyware; captatore informatico | oprogramowanie szpiegujące; oprogramowanie włamaniowe | шпионское
 программное обеспечение; программа-шпион
interception_equipment surveillance: interception equipment; imsi catcher; lawful interception; communications
 monitoring; ip network surveillance; mobile interception; telephone interception; deep packet inspection;
 monitoring centre | onderscheppingsapparatuur; imsi-catcher; aftapapparatuur; interceptieapparatuur | équipement
 d'interception; interception légale; intercepteur imsi; interception des télécommunications | Überwachungssystem;
 Abhörgerät; IMSI-Catcher; Telekommunikationsüberwachung; Abhöranlage | equipo de interceptación; interceptación
 de comunicaciones | apparato di intercettazione; intercettazione delle comunicazioni | urządzenie do
 przechwytywania; podsłuch | средства перехвата; система перехвата; СОРМ
facial_recognition surveillance: facial recognition; face recognition; biometric identification; video
 surveillance; licence plate recognition | gezichtsherkenning; biometrische identificatie; camerabewaking |
 reconnaissance faciale; identification biométrique; vidéosurveillance | Gesichtserkennung; biometrische
 Identifizierung; Videoüberwachung | reconocimiento facial; videovigilancia | riconoscimento facciale;
 videosorveglianza | rozpoznawanie twarzy; monitoring wizyjny | распознавания лиц; видеонаблюдение
forensic_tool surveillance: digital forensic; mobile forensic; data extraction tool; password recovery; phone
 unlocking | digitaal forensisch; data-extractie | criminalistique numérique; extraction de données | digitale
 Forensik; Datenextraktion; IT-Forensik | informática forense; extracción de datos | informatica forense;
 estrazione di dati | informatyka śledcza | цифровой криминалистики; извлечения данных
telecom_equipment communications: telecommunication equipment; base station; telecommunications equipment; router;
 network switch; radio relay; satellite terminal; satellite communication; modem | telecommunicatieapparatuur;
 basisstation; straalverbinding; satellietterminal | équipement de télécommunication; station de base; faisceau
 hertzien; terminal satellite | Telekommunikationsgerät; Basisstation; Richtfunk; Satellitenterminal;
 Fernmeldeeinrichtung | equipo de telecomunicaciones; estación base; radioenlace | apparato di telecomunicazione;
 stazione radio base; ponte radio | urządzenie telekomunikacyjne; stacja bazowa | телекоммуникационное
 оборудование; базовая станция; радиорелейная
antenna communications: antenna; phased array antenna; antenna array | antenne; phased-array-antenne | antenne;
 antenne à balayage électronique; réseau d'antennes | Antenne; Phased-Array-Antenne; Gruppenantenne | antena |
 antenna; antenna a schiera | antena | антенна; фазированная решетка; антенная решетка
optical_fibre communications: optical fibre; optical fiber; fibre optic cable; fiber optic cable | optische vezel;
 glasvezel; glasvezelkabel | fibre optique; câble à fibres optiques | Glasfaser; Lichtwellenleiter; Glasfaserkabel
 | fibra óptica | fibra ottica | światłowód | оптоволокно; оптическое волокно; волоконно-оптический
laser laser: laser; laser source; diode laser; pulsed laser; fibre laser; fiber laser; excimer laser; co2 laser;
 laser system | laser; diodelaser; vezellaser; laserbron | laser; source laser; laser à fibre; diode laser |
 Laser; Diodenlaser; Faserlaser; Laserquelle; Festkörperlaser | láser; láser de fibra | laser a fibra; sorgente
 laser | laser; laser światłowodowy | лазер; лазерная установка; волоконный лазер
camera sensor: high speed camera; streak camera; framing camera; camera; imaging camera; video camera; electronic
 imaging | camera; hogesnelheidscamera; beeldcamera | caméra; caméra à grande vitesse; caméra ultra-rapide;
 appareil photo | Kamera; Hochgeschwindigkeitskamera; Streakkamera | cámara de alta velocidad; cámara |
 telecamera; camera ad alta velocità; fotocamera | kamera; kamera szybka | камера; высокоскоростная камера;
 видеокамера
focal_plane_array sensor: focal plane array; infrared detector; fpa detector; ir detector; detector array |
 brandvlakarray; infrarooddetector; focal plane array; beeldvlakarray | plan focal; matrice à plan focal;
 détecteur infrarouge; réseau plan focal | Focal-Plane-Array; Brennebenen-Array; Infrarotdetektor; Focal Plane
 Array | plano focal; detector infrarrojo; matriz de plano focal | piano focale; rivelatore infrarosso; matrice a
 piano focale | detektor podczerwieni; matryca detektorów; w płaszczyźnie ogniskowej | инфракрасный детектор;
 матрица фокальной плоскости; фокальной плоскости
photodetector sensor: photomultiplier; photomultiplier tube; photodiode; photodetector; optical detector |
 fotomultiplicator; fotodiode; fotodetector | photomultiplicateur; photodiode; photodétecteur | Photomultiplier;
 Fotodiode; Fotodetektor; Photovervielfacher | fotomultiplicador; fotodiodo; fotodetector | fotomoltiplicatore;
 fotodiodo; fotorivelatore | fotopowielacz; fotodioda | фотоумножитель; фотодиод; фотоприемник
pressure_sensor sensor: pressure transducer; pressure sensor; pressure transmitter; capacitance manometer |
 druksensor; drukopnemer; druktransmitter | capteur de pression; transducteur de pression; transmetteur de
 pression | Drucksensor; Druckaufnehmer; Druckmessgerät; Druckmesswertumformer | sensor de presión; transductor de
 presión | sensore di pressione; trasduttore di pressione | czujnik ciśnienia; przetwornik ciśnienia | датчик
 давления; преобразователь давления
sensor sensor: sensor; detector; transducer | sensor; detector; opnemer | capteur; détecteur | Sensor; Detektor;
 Messfühler | sensor; detector | sensore; rivelatore | czujnik; detektor | датчик; детектор; сенсор
magnetometer sensor: magnetometer; gravity meter; gravimeter; magnetic gradiometer | magnetometer; gravimeter;
 zwaartekrachtmeter | magnétomètre; gravimètre | Magnetometer; Gravimeter | magnetómetro; gravímetro |
 magnetometro; gravimetro | magnetometr; grawimetr | магнитометр; гравиметр
mass_spectrometer analysis: mass spectrometer; icp-ms; mass spectrometry | massaspectrometer | spectromètre de
 masse | Massenspektrometer | espectrómetro de masas | spettrometro di massa | spektrometr masowy; spektrometr mas
 | масс-спектрометр
x_ray_generator sensor: flash x-ray; x-ray generator; x-ray equipment; accelerator; electron accelerator |
 röntgenapparaat; flitsröntgen; deeltjesversneller | générateur de rayons x; radiographie éclair; accélérateur
 d'électrons; rayons x | Röntgengerät; Röntgenblitzgerät; Röntgenanlage; Elektronenbeschleuniger | generador de
 rayos x; acelerador de electrones; rayos x | generatore di raggi x; acceleratore di elettroni; raggi x |
 generator promieniowania rentgenowskiego; aparat rentgenowski | рентгеновская установка; рентгеновский аппарат;
 ускоритель электронов
neutron_generator nuclear: neutron generator; neutron source | neutronengenerator; neutronenbron | générateur de
 neutrons; source de neutrons | Neutronengenerator; Neutronenquelle | generador de neutrones | generatore di
 neutroni | generator neutronów | нейтронный генератор; генератор нейтронов
gyroscope navigation: gyroscope; gyro; ring laser gyro; fibre optic gyro; fiber optic gyro; mems gyro; angular
 rate sensor | gyroscoop; lasergyroscoop | gyroscope; gyromètre; gyrolaser | Kreisel; Gyroskop; Faserkreisel;
 Laserkreisel; Drehratensensor | giroscopio; giróscopo | giroscopio | żyroskop; giroskop | гироскоп
accelerometer navigation: accelerometer; linear accelerometer | versnellingsmeter; accelerometer | accéléromètre |
 Beschleunigungsmesser; Beschleunigungssensor | acelerómetro | accelerometro | przyspieszeniomierz; akcelerometr |
 акселерометр
inertial_navigation navigation: inertial navigation system; inertial measurement unit; ins system; imu; inertial
 navigation; inertial measurement | traagheidsnavigatie; inertieel navigatiesysteem; traagheidsnavigatiesysteem |
 système de navigation inertielle; centrale inertielle; navigation inertielle | Trägheitsnavigationssystem;
 inertiale Messeinheit; Trägheitsnavigation; inertiales Navigationssystem | sistema de navegación inercial; unidad
 de medición inercial; navegación inercial | navigazione inerziale; unità di misura inerziale | nawigacja
 inercyjna; układ nawigacji bezwładnościowej | инерциальная навигационная система; инерциальной навигации;
 инерциальный измерительный
gnss_receiver navigation: gps receiver; gnss receiver; satellite navigation receiver; satellite navigation |
 gps-ontvanger; gnss-ontvanger; satellietnavigatie | récepteur gps; récepteur gnss; navigation par satellite |
 GPS-Empfänger; GNSS-Empfänger; Satellitennavigation; Satellitennavigationsempfänger | receptor gps; navegación
 por satélite | ricevitore gps; navigazione satellitare | odbiornik gps; nawigacja satelitarna | приемник gps;
 спутниковой навигации; навигационный приемник
underwater_vehicle marine: underwater vehicle; submersible; remotely operated vehicle; autonomous underwater
 vehicle; rov; auv | onderwatervoertuig; onderwaterrobot | véhicule sous-marin; submersible; robot sous-marin |
 Unterwasserfahrzeug; Tauchfahrzeug; Tauchroboter | vehículo submarino; sumergible | veicolo subacqueo; veicolo
 sottomarino | pojazd podwodny | подводный аппарат
diving_equipment marine: rebreather; diving equipment; underwater breathing apparatus; closed circuit breathing |
 rebreather; duikapparatuur; ademhalingsapparaat onder water | recycleur; équipement de plongée; appareil
 respiratoire sous-marin | Kreislaufgerät; Kreislauftauchgerät; Tauchgerät; Tauchausrüstung | equipo de buceo;
 respirador subacuático | autorespiratore; attrezzatura subacquea | aparat nurkowy; sprzęt nurkowy | водолазное
 снаряжение; дыхательный аппарат; ребризер
rocket_motor propulsion: rocket motor; rocket engine; solid rocket motor; ramjet; scramjet; rocket propulsion |
 raketmotor; stuwraketmotor | moteur-fusée; moteur fusée; propulseur à propergol; statoréacteur | Raketenmotor;
 Raketentriebwerk; Staustrahltriebwerk; Feststoffraketenmotor | motor cohete; estatorreactor | motore a razzo;
 endoreattore; statoreattore | silnik rakietowy | ракетный двигатель; прямоточный двигатель
space_launch_vehicle space: space launch vehicle; launch vehicle; sounding rocket; satellite; spacecraft |
 lanceerraket; satelliet; ruimtevaartuig; draagraket | lanceur spatial; satellite; fusée-sonde; engin spatial |
 Trägerrakete; Satellit; Raumfahrzeug; Höhenforschungsrakete | lanzador espacial; satélite; vehículo espacial |
 lanciatore spaziale; satellite; veicolo spaziale | rakieta nośna; satelita; statek kosmiczny | ракета-носитель;
 спутник; космический аппарат
diesel_engine propulsion: diesel engine; marine diesel engine; piston engine; outboard motor; uav engine |
 dieselmotor; scheepsmotor; zuigermotor; buitenboordmotor | moteur diesel; moteur hors-bord; moteur à pistons;
 moteur marin | Dieselmotor; Schiffsmotor; Kolbenmotor; Außenbordmotor | motor diésel; motor diesel; motor
 fueraborda | motore diesel; motore fuoribordo; motore a pistoni | silnik wysokoprężny; silnik diesla; silnik
 tłokowy | дизельный двигатель; поршневой двигатель; подвесной мотор
gas_turbine propulsion: gas turbine; industrial gas turbine; turbine blade; steam turbine | gasturbine;
 turbineblad; turbineschoep | turbine à gaz; aube de turbine | Gasturbine; Turbinenschaufel; Dampfturbine |
 turbina de gas; álabe de turbina | turbina a gas; pala di turbina | turbina gazowa; łopatka turbiny | газовая
 турбина; лопатка турбины
vibration_test test: vibration test system; vibration table; shaker; electrodynamic shaker; vibration test
 equipment | triltafel; trillingstestsysteem; trilinstallatie | table vibrante; pot vibrant; système d'essais aux
 vibrations | Schwingprüfanlage; Vibrationsprüfsystem; Rütteltisch; Schwingerreger | sistema de ensayo de
 vibraciones; mesa vibratoria | tavola vibrante; sistema di prova a vibrazioni | wzbudnik drgań; stół wibracyjny;
 wibracyjny | вибростенд; вибрационный стенд
wind_tunnel test: wind tunnel | windtunnel | soufflerie; soufflerie aérodynamique | Windkanal | túnel de viento |
 galleria del vento | tunel aerodynamiczny | аэродинамическая труба
environmental_chamber test: environmental chamber; climatic chamber; anechoic chamber; test chamber |
 klimaatkamer; testkamer; echovrije kamer | enceinte climatique; chambre anéchoïque; chambre climatique |
 Klimakammer; Prüfkammer; Absorberkammer; Klimaprüfschrank | cámara climática; cámara anecoica | camera climatica;
 camera anecoica | komora klimatyczna; komora bezechowa | климатическая камера; безэховая камера
rate_table test: rate table; motion simulator; positioning table; centrifuge tester; gyro test table | draaitafel;
 bewegingssimulator | table tournante; simulateur de mouvement; table de vitesse | Drehtisch; Bewegungssimulator;
 Drehratentisch | mesa giratoria; simulador de movimiento | tavola rotante; simulatore di moto | stół obrotowy;
 symulator ruchu | поворотный стол; стенд движения
chemical_detector detection: chemical detector; nbc detector; chemical agent detector; radiation detector;
 dosimeter; gas detector | detectieapparaat; gasdetector; dosismeter; stralingsdetector | détecteur chimique;
 détecteur de gaz; dosimètre | Gasdetektor; Kampfstoffdetektor; Strahlungsmessgerät; Dosimeter | detector químico;
 detector de gas; dosímetro | rivelatore di gas; rivelatore chimico; dosimetro | detektor gazów; wykrywacz skażeń;
 dawkomierz | газоанализатор; дозиметр; химический детектор
explosive_detector detection: explosive detector; explosives detection; metal detector; x-ray scanner; baggage
 scanner | explosievendetector; metaaldetector; bagagescanner | détecteur d'explosifs; détecteur de métaux;
 scanner à bagages | Sprengstoffdetektor; Metalldetektor; Gepäckscanner | detector de explosivos; detector de
 metales | rivelatore di esplosivi; rivelatore di metalli | wykrywacz metali; wykrywacz materiałów wybuchowych |
 детектор взрывчатых веществ; металлоискатель
hot_cell nuclear: hot cell; radiation shielding window; shielding window; lead glass window | hot cell; hete cel;
 afschermingsvenster | cellule chaude; hublot de protection | heiße Zelle; Strahlenschutzfenster | celda caliente;
 ventana de blindaje | cella calda; finestra schermante | komora gorąca; okno osłonowe | горячая камера;
 радиационно-защитное окно
lithium_isotope nuclear_material: lithium-6; lithium isotope; enriched lithium; boron-10; helium-3 | lithium-6;
 verrijkt lithium; borium-10 | lithium-6; lithium enrichi; bore enrichi | Lithium-6; angereichertes Lithium;
 Bor-10 | litio-6; litio enriquecido | litio-6; litio arricchito | lit-6; lit wzbogacony | литий-6; обогащенный
 литий
power_supply electronics: power supply; high voltage power supply; direct current power supply; pulse generator;
 marx generator | voedingsbron; hoogspanningsvoeding; stroomvoorziening; pulsgenerator | alimentation haute
 tension; alimentation électrique; générateur d'impulsions | Stromversorgung; Hochspannungsnetzteil; Netzteil;
 Impulsgenerator; Stromversorgungsgerät | fuente de alimentación; generador de impulsos | alimentatore;
 alimentatore ad alta tensione; generatore di impulsi | zasilacz; zasilacz wysokiego napięcia; generator impulsów
 | источник питания; высоковольтный источник; генератор импульсов
bellows machine_part: bellows; metal bellows; rotor tube; end cap | balg; metalen balg | soufflet métallique |
 Metallbalg; Faltenbalg | fuelle metálico | soffietto metallico | mieszek metalowy | сильфон
nickel_alloy material: nickel alloy; nickel powder; nickel; monel; hastelloy; superalloy | nikkellegering;
 nikkelpoeder; nikkel | alliage de nickel; poudre de nickel; nickel; superalliage | Nickellegierung; Nickelpulver;
 Superlegierung; Nickel | aleación de níquel; níquel; superaleación | lega di nichel; nichel; superlega | stop
 niklu; nikiel | никелевый сплав; никель
ceramic_material material: ceramic composite; ceramic matrix composite; silicon carbide; boron carbide; composite
 material | keramisch composiet; siliciumcarbide; composietmateriaal | composite céramique; carbure de silicium;
 matériau composite | Keramikverbundwerkstoff; Siliziumkarbid; Siliciumcarbid; Borcarbid; Verbundwerkstoff |
 compuesto cerámico; carburo de silicio | composito ceramico; carburo di silicio; materiale composito | kompozyt
 ceramiczny; węglik krzemu | керамический композит; карбид кремния; композиционный материал
lubricant_fluid material: lubricating fluid; hydraulic fluid; perfluoropolyether; damping fluid | smeermiddel;
 hydraulische vloeistof | fluide lubrifiant; fluide hydraulique | Schmierstoff; Hydraulikflüssigkeit | fluido
 lubricante; fluido hidráulico | fluido lubrificante; fluido idraulico | płyn hydrauliczny; smar | гидравлическая
 жидкость; смазочная жидкость"""

# Words that say in what guise goods come; two descriptions of other guises are not of the same goods.
GUISES = """\
parts: part; parts; component; components; spare part; spare parts; spares; accessory; accessories; assembly;
 subassembly | onderdeel; onderdelen; component; componenten; reserveonderdeel; reserveonderdelen; toebehoren |
 pièce; pièces; pièces détachées; pièces de rechange; composant; composants; accessoires | Teil; Teile; Bauteil;
 Bauteile; Ersatzteil; Ersatzteile; Komponente; Komponenten; Zubehör | pieza; piezas; repuesto; repuestos;
 componente; componentes; recambios | parte; parti; pezzi di ricambio; ricambi; componente; componenti; pezzi |
 część; części; części zamienne; podzespoły | часть; части; запчасти; запасные части; детали; комплектующие;
 компоненты
software: software; source code; firmware; computer program | software; programmatuur; broncode | logiciel;
 logiciels; code source; progiciel | Software; Quellcode; Programm | software; programa informático; código fuente
 | software; programma; codice sorgente | oprogramowanie; kod źródłowy | программное обеспечение; исходный код;
 программа
technology: technology; technical data; know-how; drawings; blueprints; manual; technical documentation |
 technologie; technische gegevens; tekeningen; documentatie | technologie; données techniques; plans;
 documentation technique | Technologie; technische Unterlagen; Zeichnungen; Dokumentation; Konstruktionsunterlagen
 | tecnología; datos técnicos; planos | tecnologia; dati tecnici; disegni | technologia; dokumentacja techniczna;
 rysunki | технология; техническая документация; чертежи
services: technical assistance; training; maintenance; repair; overhaul; servicing; instruction | technische
 bijstand; opleiding; onderhoud; reparatie | assistance technique; formation; maintenance; réparation; entretien |
 technische Unterstützung; Ausbildung; Wartung; Reparatur; Instandsetzung; Schulung | asistencia técnica;
 formación; mantenimiento; reparación | assistenza tecnica; addestramento; manutenzione; riparazione | pomoc
 techniczna; szkolenie; naprawa; konserwacja | техническая помощь; обучение; ремонт; техническое обслуживание
production_equipment: production equipment; production line; manufacturing equipment; tooling; test equipment;
 mould; mold; tools for | productieapparatuur; productielijn; testapparatuur; gereedschap; matrijs | équipement de
 production; ligne de production; chaîne de production; outillage; équipement d'essai; moule | Produktionsanlage;
 Fertigungsanlage; Herstellungsausrüstung; Prüfgerät; Werkzeugsatz; Fertigungslinie | equipo de producción; línea
 de producción; utillaje; molde | apparecchiature di produzione; linea di produzione; attrezzature; stampo |
 urządzenia produkcyjne; linia produkcyjna; oprzyrządowanie | производственное оборудование; производственная
 линия; оснастка"""
