"""
Words in names that tell little: legal forms, words of trade and office, places, and their other spellings.

All tables hold folded words (lower-case Latin). A legal form is taken off and reported, a common word stays and
counts for little, a spelling or translation is read as its first word.
"""

import re
from collections.abc import Iterable
from typing import Final

from screening.engine import folding, name_terms

# Legal forms of the Union and of common destinations, several words each; `|` and line ends separate.
LEGAL_FORM_TEXT: Final = """\
ltd|limited|ltd co|limited company|company limited|co ltd|co limited|company ltd|co|company|inc
incorporated|corp|corporation|plc|public limited company|llc|limited liability company|llp|lp
limited partnership|lc|pllc|dac|ulc|clg|private limited|private limited company|pvt ltd|pvt limited
pvt|private ltd|pte ltd|pte|pty ltd|pty|pty limited|p ltd|gmbh|gmbh co kg|gmbh and co kg|mbh|ggmbh
ag|aktiengesellschaft|kg|kgaa|ohg|ug|ug haftungsbeschrankt|ev|ek|se|ag co kg
gesellschaft mit beschrankter haftung|kommanditgesellschaft|gesmbh|ges m b h|eg|societas europaea|bv|nv
vof|cv|bvba|cvba|besloten vennootschap|naamloze vennootschap|vzw|asbl|aisbl|sprl|scrl|srl|sca|scs
snc|sa|sas|sasu|sarl|eurl|sci|societe anonyme|societe a responsabilite limitee
societe par actions simplifiee|cie|et cie|ltee|sal|sarlu|spa|s p a|societa per azioni
societa a responsabilita limitata|sapa|scarl|sl|slu|sau|sociedad anonima|sociedad limitada
sociedad de responsabilidad limitada|sa de cv|s de rl de cv|s de rl|sapi de cv|sab de cv|sc|ltda|lda
limitada|sociedade anonima|cia|y cia|eireli|me|epp|sgps|as|asa|aps|ab|hb|kb|oy|oyj|ky|ay|is
ans|da|aktiebolag|osakeyhtio|aktieselskab|anpartsselskab|aksjeselskap|allmennaksjeselskap|hf|ehf|ou
osauhing|aktsiaselts|sia|as a|uab|akciju sabiedriba|uzdaroji akcine bendrove|akcine bendrove|sp zoo
sp z oo|sp z o o|spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp k|sp j|sro|spol sro|s r o
as cz|akciova spolecnost|akciova spolocnost|spolecnost s rucenim omezenym|kft|zrt|nyrt|bt|rt
korlatolt felelossegu tarsasag|doo|d o o|dd|jdoo|drustvo s ogranicenom odgovornoscu|dionicko drustvo
delniska druzba|ad|ead|ood|eood|et|druzestvo|srl d|societate cu raspundere limitata|sc srl|epe|ae
ee|oe|ike|anonymi etaireia|jsc|ojsc|cjsc|pjsc|zjsc|joint stock company|open joint stock company
closed joint stock company|public joint stock company|private joint stock company|joint stock co
joint stock commercial|prjsc|puljsc|pao|oao|zao|ao|ooo|nao|odo|tov|pat|prat|vat|zat|too|dk|dp
gp|ip|aktsionernoe obshchestvo|otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo
publichnoe aktsionernoe obshchestvo|obshchestvo s ogranichennoy otvetstvennostyu
obshchestvo s ogranichennoi otvetstvennostyu|obschestvo s ogranichennoy otvetstvennostyu
tovarystvo z obmezhenoyu vidpovidalnistyu|aktsionerne tovarystvo|fgup|fgbu|fgbun|fgaou|fgku|gup|mup
fsue|fsbi|fsuc|federal state unitary enterprise|federal state budgetary institution
federal state institution|federalnoe gosudarstvennoe unitarnoe predpriyatie
federalnoe gosudarstvennoe byudzhetnoe uchrezhdenie|state unitary enterprise|unitary enterprise|rue
republican unitary enterprise|odo by|chup|as tr|anonim sirketi|limited sirketi|ltd sti|ltd sirketi|sti
sirketi|anonim sti|ticaret ve sanayi anonim sirketi|fze|fzc|fzco|fz llc|fzllc|fz co|fz|dmcc|dwc llc
wll|w l l|saog|saoc|ksc|kscc|bsc|qsc|qpsc|psc|llc fz|est|establishment|sdn bhd|sdn|bhd|berhad
tbk|pt|persero|pcl|public company limited|jv|joint venture|jvc|kk|k k|kabushiki kaisha|yk|gk
godo kaisha|yugen kaisha|chusik hoesa|jusik hoesa|jusighoesa|zhushihuishe|youxian gongsi|youxiangongsi
gufen youxian gongsi|gufenyouxiangongsi|youxianzerengongsi|youxian zeren gongsi|gongsi|sherkat|sherkate
sherkat sahami khas|pjs|pjsco|js|jsco|private joint stock|sherkat sahami|shrkh|sharika|sharikat
ltd by guarantee|cic|cio|co op|coop|cooperative|ngo|ind e com|mfg co|mfg co ltd|sa nv|nv sa|srls
sarl au|saa|sac|eirl|ca|c a|ltd liability co
druzhestvo s ogranichena otgovornost|aktsionerno druzhestvo|spol s ro|vos|ks|ps|gie|sagl|scpa
spolocnost s rucenim obmedzenym|etaireia periorismenis eythynis|etairia periorismenis efthinis|anonimi etairia
avee|teoranta|teo|cpt|cuideachta phoibli theoranta|cuideachta phoibli teoranta
zartkoruen mukodo reszvenytarsasag|nyilvanosan mukodo reszvenytarsasag|reszvenytarsasag|beteti tarsasag|mb
mazoji bendrija|sabiedriba ar ierobezotu atbildibu|limitata|kumpanija pubblika|kumpannija pubblika
commanditaire vennootschap|vennootschap onder firma|psa|prosta spolka akcyjna|spolka komandytowa|spolka jawna
unipessoal lda|unipessoal|societate pe actiuni|druzba z omejeno odgovornostjo|tovaristvo z obmezhenoyu vidpovidalnistyu
aktsionerne tovaristvo|tnhh|cong ty tnhh|cong ty co phan|cong ty cp|ctcp|cong ty|v m|vm|sae|dooel|sh pk|shpk|sh p k
sh a|sha|shps|mchj"""

# Long Chinese, Japanese and Korean forms stand unseparated at an end of the name.
GLUED_FORMS: Final = (
    "gufenyouxiangongsi",
    "youxianzerengongsi",
    "youxiangongsi",
    "zhushihuishe",
    "jusighoesa",
    "jituangongsi",
    "gongsi",
    "limited",
    "gmbh",
    "corporation",
    "incorporated",
    "company",
    "llc",
    "ltd",
    "inc",
)

# Common words; the first word of a line is what the others are read as. They count for little in a name.
COMMON_WORD_TEXT: Final = """\
defence defense defensie defensa difesa defensiya forsvar forsvars puolustus obrambni oborona oboronnyy oborony
defence verteidigung savunma obrony obrana
defence obrany
security securite sicherheit seguridad sicurezza bezopasnost bezopasnosti veiligheid guvenlik
force forces forcas fuerzas forze streitkrafte strijdkrachten sily silahli kuvvetleri
army armee ejercito esercito armiya armii ordusu armed
navy marine naval marina vmf
police polizei politie policia polizia policja polis politsiya
military militaire militar militare voennyy voyenny wojskowy askeri militair
service services dienst dienste servizi servicio servicios sluzhba
ministry ministere ministerium ministerie ministerio ministero ministerstvo ministerstwo bakanligi wizarat min
ministry minist
department departement departamento dipartimento dept abteilung departament
directorate direction direktorat direccion direzione upravlenie
agency agence agentur agencia agenzia agentschap agentstvo ajansi
office bureau buro byuro oficina ufficio biuro buero
government gouvernement regierung gobierno governo
state gosudarstvennyy gosudarstvennaya gosudarstvennoe staat etat estado stato panstwowy devlet gos
national nationale nationaal nacional nazionale natsionalnyy natsionalnaya narodowy ulusal milli nat natl
federal federalnyy federalnaya federalnoe federale
international internationale internationaal internacional internazionale mezhdunarodnyy uluslararasi intl int
university universite universiteit universitaet universitat universidad universidade universita universitet
university uniwersytet
university universitesi univ universiti daxue daehak yliopisto egyetem universitatea univerzita universitas daigaku
institute institut instituto istituto instytut instituut enstitusu inst nii yanjiusuo yanjiuyuan intezet ustav
academy academie akademie akademiya academia accademia akademia akademisi acad
college colegio kolleg hochschule hogeschool ecole escuela scuola school skola szkola shkola
faculty faculte fakultat facultad fakultet fakultesi facolta
centre center centro zentrum centrum tsentr tsentra markaz merkezi merkez zhongxin ctr
laboratory laboratoire labor laboratorium laboratorio laboratoriya lab labs laboratories laboratuvari
research recherche forschung onderzoek investigacion ricerca issledovatelskiy issledovaniy badawczy arastirma rnd
scientific science sciences wissenschaft ciencia ciencias scienze nauki nauka nauchno nauchnyy naukowy bilim
scientific wetenschap
technology technologies technologie technologien technologique tecnologia tecnologie tehnologii tekhnologii
technology tekhnologiya
technology teknoloji technologia technologii tech tekhnologiy keji jishu techno
technical technique technisch technische tecnico tecnica tekhnicheskiy teknik techniczny
engineering ingenierie ingenieria ingegneria inzhiniring muhendislik inzynieria engg eng engineers
industry industries industrie industria industrial industriel industriell industriale promyshlennyy promyshlennost
industry sanayi
industry sanayii przemysl przemyslowy gongye ind industrielle industriels industrijski prom
works work zavod zavodu werk werke fabrik fabrika fabriek factory factories plant plants usine zaklad zaklady
works fabrica
works stabilimento gongchang fabryka zavody
production proizvodstvo proizvodstvennoe proizvodstvennaya produktion produccion produzione productie uretim
manufacturing manufacture manufacturer manufacturers imalat mfg fertigung
machinery machine machines mashin mashinostroitelnyy mashinostroenie maschinen maschinenbau macchine makina makine
machinery maquinaria
building construction bau stroitelnyy stroitelstvo insaat construccion costruzioni bouw budowa constructions
electronics electronic electronique elektronik elektronika elektronica elettronica radioelektronika elektronnyy
electronics dianzi
electric electrical electrique elektro elektrik electrico elettrica elektricheskiy
optics optical optik optika optica optique ottica opticheskiy optronics optronik
energy energie energia energetika enerji power energiya
chemical chemicals chemie chimie chimica quimica khimicheskiy khimiya kimya chemistry chem chemia
precision prazision precisione precizionnyy
instrument instruments instrumentation pribor priborostroenie priborostroitelnyy
equipment oborudovanie ausrustung equipement ekipman
material materials materiaux werkstoffe materialen materialy
aviation aviatsionnyy aviatsiya luftfahrt havacilik aviacion luchtvaart lotnictwo hangkong
aerospace aero aeronautics aeronautical aeronautique aeronautico raumfahrt uzay aerokosmicheskiy
space kosmos kosmicheskiy cosmos
system systems systeme systemes sisteme sistemi sistemas sistem systemy
solution solutions
design konstruktorskoe konstruktor kb okb
trading trade trader traders handel handels handelsgesellschaft comercio commercio commerce commercial torgovyy
trading torgovlya
trading ticaret dis maoyi kereskedelmi comercial tijarat tejarat bazargani handelsonderneming torgovyi
import imports importacao importacion ithalat importazione
export exports exportacao exportacion ihracat esportazione
supply supplies supplier suppliers postavka snabzhenie tedarik levering
procurement purchasing beschaffung inkoop acquisition sourcing
logistic logistics logistik logistica logistika logistique lojistik
transport transportation transports transporte trasporti nakliyat tashimacilik
shipping shipment line lines denizcilik
group groupe gruppe grupo gruppo grup gruppa groep jituan holding holdings
enterprise enterprises entreprise entreprises unternehmen empresa impresa predpriyatie predpriyatiya onderneming
enterprise isletmesi
association associates assoc verband vereniging asociacion associazione assotsiatsiya dernegi
organization organisation organizacion organizzazione organizatsiya org
foundation fondation stiftung stichting fundacion fondazione fond vakfi fundacja fund
society societe gesellschaft sociedad societa obshchestvo vereinigung toplum maatschappij
corporatio korporatsiya korporatsia
consulting consultancy consultants consult danismanlik beratung
management managing
investment investments invest yatirim investitsii
finance financial
bank banka banque banco
general generale allgemein obshchiy genel generalnyy gen
special spetsialnyy spezial especial ozel spets
central centrale centraal tsentralnyy zentral merkez
main head chief glavnyy hauptamt
first
second
third
pervyy
new novyy nouveau nouvelle neue nuevo nuova yeni nova
united unie uni unidos obedinennaya obyedinennyy birlesik vereinigte uni
royal royale koninklijke koniglich
kingdom royaume konigreich koninkrijk reino regno krolestwo korolevstvo
federation federatsiya federatsii federatie federazione federacion foderation federacja
islamic islamique islamisch islamische islami islamico
democratic democratique demokratische demokratik democratica demokraticheskaya
republic republique republik republica repubblica respublika cumhuriyeti
grand great big
high higher
modern advanced
global world worldwide universal
oil petroleum petrol neft
gas gaz
medical medicine health sante saglik
hospital krankenhaus hopital ziekenhuis bolnitsa
clinic klinik
agriculture agricultural agro landwirtschaft
pharmaceutical pharma pharmaceuticals farma pharmazie
computer computers computing bilgisayar
information informatics informatique informatik bilisim informatsionnyy
communication communications telecom telecommunication telecommunications telekom telekomunikasyon svyaz
network networks netz netzwerk
product products produkte produits productos prodotti urunleri
development developpement entwicklung desarrollo sviluppo razvitie ontwikkeling gelistirme rozwoj
project projects projekt projet
community association
branch filial filiale succursale bijkantoor zweigniederlassung subesi sube niederlassung sucursal oddzial
the le la les der die das de del della di du des den het el il los las of for and und et y e i in at to von van
the zur fur per im
imeni name named
al el ul ar as ad an ibn bin bint abu abd
city gorod stadt ville ciudad citta municipal municipality
province provincial oblast region regional
war
ammunition munition munitions
arms weapon weapons armament armaments
prison prisons gefangnis gevangenis correctional"""

# Words that set two names apart when each side has another of them: directions and ordinals.
CONTRARY_TEXT: Final = """\
north northern nord severnyy kuzey
south southern sud yuzhnyy guney
east eastern ost est vostochnyy dogu
west western ouest zapadnyy bati"""

# States and their adjectives; the first word is what the others are read as. ("national" names are apart by them.)
PLACE_TEXT: Final = """\
afghanistan afghan
albania albanian
algeria algerian algerie
angola angolan
argentina argentine argentinian
armenia armenian
australia australian
austria austrian osterreich
azerbaijan azerbaijani azeri
bahrain bahraini
bangladesh bangladeshi
belarus belarusian belorussian belarussian byelorussian
belgium belgian belgie belgique
brazil brazilian brasil brasileira
britain british uk
bulgaria bulgarian
burma burmese myanmar
cambodia cambodian
cameroon cameroonian
canada canadian
chad chadian
chile chilean
china chinese zhongguo prc
colombia colombian
congo congolese
croatia croatian
cuba cuban
cyprus cypriot
czech czechia
denmark danish
egypt egyptian misr
eritrea eritrean
eswatini swaziland swazi
ethiopia ethiopian
finland finnish suomi
france french francaise
georgia georgian
germany german deutsche deutsch deutschland
ghana ghanaian
greece greek hellenic
guinea guinean
hungary hungarian magyar
india indian bharat
indonesia indonesian
iran iranian
iraq iraqi
ireland irish
israel israeli
italy italian italiana
japan japanese nippon
jordan jordanian
kazakhstan kazakh
kenya kenyan
korea korean dprk
kuwait kuwaiti
kyrgyzstan kyrgyz
laos lao
lebanon lebanese
libya libyan
macedonia macedonian makedonija makedonska
malaysia malaysian
mali malian
mexico mexican
moldova moldovan
mongolia mongolian
morocco moroccan maroc
netherlands dutch nederlandse nederland
nigeria nigerian
norway norwegian norsk
oman omani
pakistan pakistani
palestine palestinian
peru peruvian
philippines philippine
poland polish polska polskie
portugal portuguese
qatar qatari
romania romanian
russia russian rossiya rossii rossiyskiy rossiiskii rossiyskoy rossiyskaya rossiiskoi rossiiskaya rf
rwanda rwandan
saudi ksa
senegal senegalese
serbia serbian
singapore singaporean
somalia somali
spain spanish espana espanola
sudan sudanese
sweden swedish svenska
switzerland swiss schweiz
syria syrian
taiwan taiwanese
tajikistan tajik
tanzania tanzanian
thailand thai
tunisia tunisian tunisie
turkey turkish turkiye turk
turkmenistan turkmen
uganda ugandan
ukraine ukrainian ukraini ukrayiny
uzbekistan uzbek
venezuela venezuelan
vietnam vietnamese viet
yemen yemeni
zimbabwe zimbabwean"""


def _forms(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Legal forms by their first word, longest first."""
    forms = {tuple(form.split()) for line in text.splitlines() for form in line.split("|")}
    table: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        table.setdefault(form[0], []).append(form)
    return {first: tuple(found) for first, found in table.items()}


def _readings(text: str) -> dict[str, str]:
    """Each word of a line to the line's first word; the first line that holds a word wins."""
    table: dict[str, str] = {}
    for line in text.splitlines():
        first, *others = line.split()
        for word in (first, *others):
            table.setdefault(word, first)
    return table


def _folded(text: str) -> str:
    """Terms of every script in plain Latin; a term of several words is left out."""
    lines = []
    for line in text.splitlines():
        read = [folding.words(term) for term in line.split()]
        lines.append(" ".join(words[0] for words in read if len(words) == 1))
    return "\n".join(lines)


def _without_blanks(text: str) -> list[str]:
    """The terms of scripts without blanks: Han, Kana, Hangul; of two characters at least."""
    return [term for term in text.split() if len(term) > 1 and min(term) >= "\u3040"]


# What a name in a script without blanks is cut at, the longest term first; legal forms go.
GLUED_LEGAL: Final = re.compile("|".join(sorted(name_terms.GLUED_LEGAL_TEXT.split(), key=len, reverse=True)))


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(terms, key=lambda term: (-len(term), term))))


# Heads go before subjects: what comes last names the body.
CUT_AT: Final = (
    _any_of(_without_blanks(name_terms.HEAD_TEXT)),
    _any_of(_without_blanks(name_terms.SUBJECT_TEXT + " " + name_terms.PLACE_TEXT)),
)

LEGAL_FORMS: Final = _forms(LEGAL_FORM_TEXT)
# Forms that are also words or name parts: taken off at the end only, and never from a name of two words.
AMBIGUOUS_TEXT: Final = """\
as is me da se et ca ip ad an dk ay est js dp gp ee oe company corporation establishment
v m vm teo vos ks ps mb psa sae sha gie cpt"""
AMBIGUOUS_FORMS: Final = frozenset(AMBIGUOUS_TEXT.split())
COMMON_WORDS: Final = _readings(COMMON_WORD_TEXT + "\n" + _folded(name_terms.HEAD_TEXT))
CONTRARY_WORDS: Final = _readings(CONTRARY_TEXT)
_STATES: Final = _readings(PLACE_TEXT)
_FURTHER_PLACES: Final = _readings(_folded(name_terms.PLACE_TEXT))
PLACES: Final = {**{word: read for word, read in _FURTHER_PLACES.items() if read in _STATES}, **_STATES}
# Words in many languages that tell nearly as much as a name: what an institute is about, the town it is in.
SUBJECTS: Final = {
    word: COMMON_WORDS.get(read, read)
    for word, read in {**_FURTHER_PLACES, **_readings(_folded(name_terms.SUBJECT_TEXT))}.items()
    if word not in PLACES and word not in CONTRARY_WORDS and word not in COMMON_WORDS
}
READINGS: Final = {
    **SUBJECTS,
    **PLACES,
    **CONTRARY_WORDS,
    **{word: read for word, read in COMMON_WORDS.items() if word not in CONTRARY_WORDS},
}
LINKING_TEXT: Final = """\
the le la les der die das de del della di du des den het el il los las of for and und et y e i in at to von van zur fur
ve och og ja va wa dan per im al ul ar ad an"""
LINKING_WORDS: Final = frozenset(LINKING_TEXT.split())
COMMON_WEIGHT: Final = 0.3
SUBJECT_WEIGHT: Final = 0.9
PLACE_WEIGHT: Final = 0.5
LINKING_WEIGHT: Final = 0.05
